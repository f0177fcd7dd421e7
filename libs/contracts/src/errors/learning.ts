import type { ErrorTable } from './error-table.js';

/** Error codes of learning. */
export const learningErrors = {
  'LEARNING.NO_MODEL': { status: 404, title: 'There is no model of this offer on this channel yet' },
} as const satisfies ErrorTable;
