import type { ErrorTable } from './error-table.js';

/** Error codes of experiments. */
export const experimentErrors = {
  'EXPERIMENT.NOT_FOUND': { status: 404, title: 'There is no such experiment, or no such phase of it' },
  'EXPERIMENT.EXISTS': { status: 409, title: 'An experiment of this key is there already' },
  'EXPERIMENT.REFUSED': { status: 422, title: 'The experiment cannot be run as it is declared' },
  'EXPERIMENT.RUNNING': { status: 409, title: 'The experiment runs' },
  'EXPERIMENT.NOT_RUNNING': { status: 409, title: 'The experiment does not run' },
  'EXPERIMENT.UNKNOWN_VARIATION': { status: 422, title: 'The experiment has no such variation' },
} as const satisfies ErrorTable;
