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
  'IMPORT.NOT_FOUND': { status: 404, title: 'No import has this id' },
  'IMPORT.MAPPING_NOT_FOUND': { status: 404, title: 'No import mapping has this key' },
  'IMPORT.FEED_NOT_FOUND': { status: 404, title: 'No import feed has this key' },
  'IMPORT.SOURCE_NOT_ALLOWED': { status: 403, title: 'The key speaks for another source' },
  'IMPORT.INVALID_MAPPING': { status: 422, title: 'The mapping makes no sense' },
  'IMPORT.INVALID_FEED': { status: 422, title: 'The feed cannot be watched' },
  'IMPORT.EMPTY_FILE': { status: 422, title: 'The file holds nothing' },
  'IMPORT.UNREADABLE_FILE': { status: 422, title: 'The file is neither CSV nor NDJSON' },
  'IMPORT.FILE_TOO_LARGE': { status: 413, title: 'The file is larger than may be imported at once' },
  'IMPORT.WRONG_STATE': { status: 409, title: 'The import is in another state' },
  'IMPORT.FILE_GONE': { status: 409, title: 'The file of the import is no longer kept' },
  'IMPORT.NO_SPACE': { status: 503, title: 'There is no space for the file' },
} as const satisfies ErrorTable;
