import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { HousekeepingModule } from '@repartee/platform';
import { DeviceAccess } from './api/devices/device-access.js';
import { DevicesController } from './api/devices/devices.controller.js';
import { Pairings } from './api/devices/pairings.js';
import { DeviceStore } from './persistence/devices/device-store.js';
import { PairingStore } from './persistence/devices/pairing-store.js';

/** Kiosks: which devices are let in. Wants `Database` and `Clock` to be global. */
@Module({
  imports: [AccessModule, HousekeepingModule],
  controllers: [DevicesController],
  providers: [DeviceAccess, DeviceStore, Pairings, PairingStore],
})
export class KioskModule {}
