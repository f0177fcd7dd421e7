import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { IdentityModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileReadController } from './api/profile-read.controller.js';
import { ProfileSearchController } from './api/profile-search.controller.js';
import { TraitsController } from './api/traits.controller.js';
import { ChangeFeed } from './persistence/change-feed.js';
import { ColdProfiles } from './persistence/cold-profiles.js';
import { GoldenRecordStore } from './persistence/golden-record-store.js';
import { GoldenRecords } from './persistence/golden-records.js';
import { EntityHints } from './persistence/entity-hints.js';
import { EventHistory } from './persistence/event-history.js';
import { LaterActs } from './persistence/later-acts.js';
import { MergeUndo } from './persistence/merge-undo.js';
import { OrderStore } from './persistence/order-store.js';
import { ProfilePersonalData, TimelinePersonalData } from './persistence/personal-data.js';
import { ProfileCache } from './persistence/profile-cache.js';
import { ProfileSearch } from './persistence/profile-search.js';
import { SearchIndex } from './persistence/search-index.js';
import { Profiles } from './persistence/profiles.js';
import { RecordViews } from './persistence/record-views.js';
import { RetainedTimeline } from './persistence/retained-timeline.js';
import { TextPersonalData } from './persistence/text-personal-data.js';
import { Timeline } from './persistence/timeline.js';
import { TimelineTexts } from './persistence/timeline-texts.js';
import { TraitBooks } from './persistence/trait-books.js';
import { TraitReplay } from './persistence/trait-replay.js';
import { RegisteredSourceRanks, SourceRanks } from './source-ranks.js';

@Module({
  imports: [GovernanceModule, HousekeepingModule, IdentityModule],
  controllers: [ProfileReadController, ProfileSearchController, TraitsController],
  providers: [
    ChangeFeed,
    ColdProfiles,
    EntityHints,
    EventHistory,
    GoldenRecords,
    GoldenRecordStore,
    LaterActs,
    MergeUndo,
    OrderStore,
    Profiles,
    ProfilePersonalData,
    RetainedTimeline,
    ProfileSearch,
    SearchIndex,
    TextPersonalData,
    TimelineTexts,
    Timeline,
    TimelinePersonalData,
    RecordViews,
    TraitBooks,
    TraitReplay,
    { provide: SourceRanks, useClass: RegisteredSourceRanks },
    {
      provide: ProfileCache,
      inject: [RecordViews],
      useFactory: (views: RecordViews) => new ProfileCache(views),
    },
  ],
  exports: [
    ChangeFeed,
    ColdProfiles,
    LaterActs,
    EntityHints,
    EventHistory,
    GoldenRecords,
    MergeUndo,
    Profiles,
    RecordViews,
    Timeline,
    TimelinePersonalData,
    TimelineTexts,
    TraitBooks,
    TraitReplay,
  ],
})
export class ProfileModule {}
