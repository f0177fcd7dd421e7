import type { ErrorTable } from './error-table.js';

/** Error codes of http. */
export const httpErrors = {} as const satisfies ErrorTable;
