import { Module } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileReadController } from './api/profile-read.controller.js';
import { ChangeFeed } from './persistence/change-feed.js';
import { GoldenRecordStore } from './persistence/golden-record-store.js';
import { GoldenRecords } from './persistence/golden-records.js';
import { OrderStore } from './persistence/order-store.js';
import { ProfileCache } from './persistence/profile-cache.js';
import { Profiles } from './persistence/profiles.js';
import { Timeline } from './persistence/timeline.js';

@Module({
  imports: [HousekeepingModule],
  controllers: [ProfileReadController],
  providers: [
    ChangeFeed,
    GoldenRecords,
    GoldenRecordStore,
    OrderStore,
    Profiles,
    Timeline,
    { provide: ProfileCache, useFactory: () => new ProfileCache() },
  ],
  exports: [ChangeFeed, GoldenRecords, Profiles, Timeline],
})
export class ProfileModule {}
