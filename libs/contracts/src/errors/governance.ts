import type { ErrorTable } from './error-table.js';

/** Error codes of governance: sources, tracking plans, privacy requests. */
export const governanceErrors = {
  'GOVERNANCE.SOURCE_NOT_FOUND': { status: 404, title: 'No source of this key is registered' },
  'GOVERNANCE.SOURCE_EXISTS': { status: 409, title: 'A source of this key is registered already' },
  'GOVERNANCE.SCHEMA_REFUSED': { status: 422, title: 'A schema of the tracking plan cannot be used' },
  'GOVERNANCE.EVENT_OFF_PLAN': { status: 422, title: 'The event breaks the tracking plan of its source' },
  'GOVERNANCE.EVENT_UNPLANNED': { status: 422, title: 'The event is not in the tracking plan of its source' },
  'GOVERNANCE.REQUEST_NOT_FOUND': { status: 404, title: 'No privacy request has this id' },
} as const satisfies ErrorTable;
