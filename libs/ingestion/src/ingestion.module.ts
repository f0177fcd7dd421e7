import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { GovernanceModule } from '@repartee/governance';
import { HousekeepingModule } from '@repartee/platform';
import { Admission } from './api/admission.js';
import { EventsController } from './api/events.controller.js';
import { Ingest } from './api/ingest.js';
import { QuarantineController } from './api/quarantine.controller.js';
import { SdkSettingsController } from './api/sdk-settings.controller.js';
import { importControllers, importProviders } from './imports.providers.js';
import { EventInbox } from './persistence/event-inbox.js';
import { EventPages } from './persistence/event-pages.js';
import { HeldEvents } from './persistence/held-events.js';
import { EventLog } from './persistence/event-log.js';
import { LaneLeases } from './persistence/lane-leases.js';
import { LaneReader } from './persistence/lane-reader.js';
import { LogWriter } from './persistence/log-writer.js';
import { IngestionPersonalData } from './persistence/personal-data.js';
import { RetainedEvents } from './persistence/retained-events.js';
import { RefusedTexts } from './persistence/refused-texts.js';
import { Quarantine } from './persistence/quarantine.js';

@Module({
  imports: [AccessModule, GovernanceModule, HousekeepingModule],
  controllers: [EventsController, QuarantineController, SdkSettingsController, ...importControllers],
  providers: [
    Admission,
    EventInbox,
    EventLog,
    EventPages,
    HeldEvents,
    Ingest,
    IngestionPersonalData,
    LaneLeases,
    LaneReader,
    LogWriter,
    Quarantine,
    RefusedTexts,
    RetainedEvents,
    ...importProviders,
  ],
  exports: [EventLog, EventPages, HeldEvents, Ingest, IngestionPersonalData, LaneReader, RefusedTexts],
})
export class IngestionModule {}
