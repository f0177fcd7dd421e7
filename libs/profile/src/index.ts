export { type EntityHint, EntityHints, type HintState, hintStates } from './persistence/entity-hints.js';
export { ChangeFeed } from './persistence/change-feed.js';
export { ColdProfiles } from './persistence/cold-profiles.js';
export { EventHistory, type NoPast, type PastEvent } from './persistence/event-history.js';
export { GoldenRecords } from './persistence/golden-records.js';
export { type ActsQuestion, LaterActs } from './persistence/later-acts.js';
export { MergeUndo } from './persistence/merge-undo.js';
export { TimelinePersonalData } from './persistence/personal-data.js';
export type { ProfileBatch } from './persistence/profile-batch.js';
export type { CachedProfile } from './persistence/profile-cache.js';
export { profileEntities } from './persistence/profile.entities.js';
export { profileMigrations } from './persistence/profile.migrations.js';
export { Profiles } from './persistence/profiles.js';
export { RecordViews } from './persistence/record-views.js';
export {
  type NewTimelineEntry,
  Timeline,
  type TimelineEntry,
  type TimelineKind,
} from './persistence/timeline.js';
export { type TraitChanges, TraitBooks, type TraitWriting } from './persistence/trait-books.js';
export { type TraitReplayProgress, TraitReplay } from './persistence/trait-replay.js';
export { type TextEvent, TimelineTexts } from './persistence/timeline-texts.js';
export { ProfileModule } from './profile.module.js';
export { RegisteredSourceRanks, SourceRanks } from './source-ranks.js';
