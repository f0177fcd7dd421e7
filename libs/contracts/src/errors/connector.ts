import type { ErrorTable } from './error-table.js';

/** Error codes of connector. */
export const connectorErrors = {} as const satisfies ErrorTable;
