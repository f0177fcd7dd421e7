import type { ErrorTable } from './error-table.js';

/** Error codes of bus. */
export const busErrors = {} as const satisfies ErrorTable;
