import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { IngestionModule } from '@repartee/ingestion';
import { HousekeepingModule } from '@repartee/platform';
import { DeviceAccess } from './api/devices/device-access.js';
import { DeviceZones } from './api/devices/device-zones.js';
import { DeviceReportsController } from './api/devices/device-reports.controller.js';
import { DevicesController } from './api/devices/devices.controller.js';
import { Pairings } from './api/devices/pairings.js';
import { ContinueController } from './api/kiosk/continue.controller.js';
import { PhoneVisits } from './api/kiosk/phone-visits.js';
import { Visits } from './api/kiosk/visits.js';
import { VisitsController } from './api/kiosk/visits.controller.js';
import { DeviceStore } from './persistence/devices/device-store.js';
import { PairingStore } from './persistence/devices/pairing-store.js';
import { CodeStore } from './persistence/kiosk/code-store.js';
import { VisitStore } from './persistence/kiosk/visit-store.js';

/** Kiosks: which devices are let in, and who stands before them. Wants `Database` and `Clock` to be global. */
@Module({
  imports: [AccessModule, HousekeepingModule, IngestionModule],
  controllers: [ContinueController, DeviceReportsController, DevicesController, VisitsController],
  providers: [
    CodeStore,
    DeviceAccess,
    DeviceStore,
    DeviceZones,
    Pairings,
    PairingStore,
    PhoneVisits,
    Visits,
    VisitStore,
  ],
  exports: [DeviceZones, PhoneVisits],
})
export class KioskModule {}
