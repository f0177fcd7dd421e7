export { visibleWait } from './api/prefer.js';
export { Ingest, type Ingested } from './api/ingest.js';
export type { Visibility, VisibleState } from './api/visibility.js';
export type { EventEffect, EventHandler } from './event-handler.js';
export { IngestionModule } from './ingestion.module.js';
export { ingestionMigrations } from './persistence/create-event-log.migration.js';
export { EventLog } from './persistence/event-log.js';
export { ingestionEntities } from './persistence/ingestion.entities.js';
export { LaneReader } from './persistence/lane-reader.js';
