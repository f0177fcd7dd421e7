import { ImportFeedsController } from './api/imports/import-feeds.controller.js';
import { ImportMappingsController } from './api/imports/import-mappings.controller.js';
import { ImportSettings } from './api/imports/import-settings.js';
import { ImportsController } from './api/imports/imports.controller.js';
import { PreviewImport } from './api/imports/preview-import.js';
import { ReceiveImport } from './api/imports/receive-import.js';
import { RejectsController } from './api/imports/rejects.controller.js';
import { FeedStore } from './persistence/imports/feed-store.js';
import { FeedFiles, FeedWatcher } from './persistence/imports/feed-watcher.js';
import { ImportHousekeeping } from './persistence/imports/import-housekeeping.js';
import { ImportPersonalData } from './persistence/imports/import-personal-data.js';
import { ImportRunner } from './persistence/imports/import-runner.js';
import { ImportStore } from './persistence/imports/import-store.js';
import { MappingStore } from './persistence/imports/mapping-store.js';
import { PendingFeeder } from './persistence/imports/pending-feeder.js';
import { PortionWriter } from './persistence/imports/portion-writer.js';
import { RefusalStore } from './persistence/imports/refusal-store.js';
import { Spool } from './persistence/imports/spool.js';

/** What ingestion is made of as far as files are concerned. */
export const importControllers = [
  ImportsController,
  RejectsController,
  ImportMappingsController,
  ImportFeedsController,
];
export const importProviders = [
  FeedFiles,
  FeedStore,
  FeedWatcher,
  ImportHousekeeping,
  ImportPersonalData,
  ImportRunner,
  ImportSettings,
  ImportStore,
  MappingStore,
  PendingFeeder,
  PortionWriter,
  PreviewImport,
  ReceiveImport,
  RefusalStore,
  Spool,
];
