import type { ErrorTable } from './error-table.js';

/** Error codes of ingestion. */
export const ingestionErrors = {
  'INGESTION.INVALID_EVENT': { status: 400, title: 'The event breaks its schema' },
  'INGESTION.EVENT_TOO_LARGE': { status: 413, title: 'The event is larger than 32 KB' },
  'INGESTION.BATCH_TOO_LARGE': { status: 413, title: 'The batch is larger than 500 KB or 2,500 events' },
  'INGESTION.OVERLOADED': { status: 503, title: 'More events are waiting than may be accepted safely' },
  'INGESTION.PROCESSING_FAILED': { status: 422, title: 'The event could not be processed' },
  'INGESTION.NOT_IN_QUARANTINE': { status: 404, title: 'No such event in quarantine' },
  'INGESTION.REPLAY_REFUSED': { status: 422, title: 'The quarantined event still breaks its schema' },
} as const satisfies ErrorTable;
