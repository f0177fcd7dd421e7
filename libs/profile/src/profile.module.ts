import { Module } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileReadController } from './api/profile-read.controller.js';
import { TraitsController } from './api/traits.controller.js';
import { ChangeFeed } from './persistence/change-feed.js';
import { GoldenRecordStore } from './persistence/golden-record-store.js';
import { GoldenRecords } from './persistence/golden-records.js';
import { OrderStore } from './persistence/order-store.js';
import { ProfileCache } from './persistence/profile-cache.js';
import { ProfileHistory } from './persistence/profile-history.js';
import { Profiles } from './persistence/profiles.js';
import { RecordViews } from './persistence/record-views.js';
import { Timeline } from './persistence/timeline.js';
import { TraitBooks } from './persistence/trait-books.js';
import { TraitReplay } from './persistence/trait-replay.js';
import { EqualSourceRanks, SourceRanks } from './source-ranks.js';

@Module({
  imports: [HousekeepingModule],
  controllers: [ProfileReadController, TraitsController],
  providers: [
    ChangeFeed,
    GoldenRecords,
    GoldenRecordStore,
    OrderStore,
    Profiles,
    Timeline,
    ProfileHistory,
    RecordViews,
    TraitBooks,
    TraitReplay,
    { provide: SourceRanks, useClass: EqualSourceRanks },
    {
      provide: ProfileCache,
      inject: [RecordViews],
      useFactory: (views: RecordViews) => new ProfileCache(views),
    },
  ],
  exports: [ChangeFeed, GoldenRecords, Profiles, RecordViews, Timeline, TraitBooks, TraitReplay],
})
export class ProfileModule {}
