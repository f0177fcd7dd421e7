import type { ErrorTable } from './error-table.js';

/** Error codes of decisioning. */
export const decisioningErrors = {} as const satisfies ErrorTable;
