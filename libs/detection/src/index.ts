export { Detection, type Observation } from './detection.js';
export { DetectionModule } from './detection.module.js';
export { detectionMigrations } from './persistence/detection.migrations.js';
export { detectionEntities } from './persistence/detection.entities.js';
export { type ReactionDue, ReactionTimers } from './persistence/reaction-timers.js';
export { Reactions, type StoredReaction } from './persistence/reactions.js';
export { SegmentMembers } from './persistence/segment-members.js';
