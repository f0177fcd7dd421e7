import type { ErrorTable } from './error-table.js';

/** Error codes of business time. */
export const clockErrors = {
  'CLOCK.FIXED': { status: 409, title: 'Time cannot be moved in this installation' },
  'CLOCK.TOO_FAR': { status: 422, title: 'Time cannot be moved so far' },
} as const satisfies ErrorTable;
