import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { IdentityModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileReadController } from './api/profile-read.controller.js';
import { TraitsController } from './api/traits.controller.js';
import { ChangeFeed } from './persistence/change-feed.js';
import { GoldenRecordStore } from './persistence/golden-record-store.js';
import { GoldenRecords } from './persistence/golden-records.js';
import { EventHistory } from './persistence/event-history.js';
import { MergeUndo } from './persistence/merge-undo.js';
import { OrderStore } from './persistence/order-store.js';
import { ProfilePersonalData, TimelinePersonalData } from './persistence/personal-data.js';
import { ProfileCache } from './persistence/profile-cache.js';
import { ProfileHistory } from './persistence/profile-history.js';
import { Profiles } from './persistence/profiles.js';
import { RecordViews } from './persistence/record-views.js';
import { Timeline } from './persistence/timeline.js';
import { TraitBooks } from './persistence/trait-books.js';
import { TraitReplay } from './persistence/trait-replay.js';
import { EqualSourceRanks, SourceRanks } from './source-ranks.js';

@Module({
  imports: [GovernanceModule, HousekeepingModule, IdentityModule],
  controllers: [ProfileReadController, TraitsController],
  providers: [
    ChangeFeed,
    EventHistory,
    GoldenRecords,
    GoldenRecordStore,
    MergeUndo,
    OrderStore,
    Profiles,
    ProfilePersonalData,
    Timeline,
    TimelinePersonalData,
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
  exports: [ChangeFeed, EventHistory, GoldenRecords, MergeUndo, Profiles, RecordViews, Timeline, TimelinePersonalData, TraitBooks, TraitReplay],
})
export class ProfileModule {}
