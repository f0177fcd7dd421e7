export { ChangeFeed } from './persistence/change-feed.js';
export { profileMigrations } from './persistence/create-profile.migration.js';
export { GoldenRecords } from './persistence/golden-records.js';
export type { ProfileBatch } from './persistence/profile-batch.js';
export type { CachedProfile } from './persistence/profile-cache.js';
export { profileEntities } from './persistence/profile.entities.js';
export { Profiles } from './persistence/profiles.js';
export {
  type NewTimelineEntry,
  Timeline,
  type TimelineEntry,
  type TimelineKind,
} from './persistence/timeline.js';
export { ProfileModule } from './profile.module.js';
