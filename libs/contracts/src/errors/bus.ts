import type { ErrorTable } from './error-table.js';

/** Error codes of bus. */
export const busErrors = {
  'BUS.DEAD_LETTER_NOT_FOUND': { status: 404, title: 'No such dead letter' },
  'BUS.INVALID_CURSOR': { status: 400, title: 'The cursor is not one of ours' },
  'BUS.NO_ANSWER': { status: 504, title: 'The other process did not answer' },
} as const satisfies ErrorTable;
