import type { ErrorTable } from './error-table.js';

/** Error codes of access. */
export const accessErrors = {} as const satisfies ErrorTable;
