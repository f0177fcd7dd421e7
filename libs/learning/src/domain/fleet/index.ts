export { challengersSchema, COUNTS, STANDARD, type Challenger } from './challenger.js';
export {
  LearningState,
  type Applied,
  type LearningUpdate,
  type Lesson,
  type Notice,
  type SeatChange,
  type StoredLearningState,
} from './learning-state.js';
export {
  aimOf,
  answerReward,
  DEFAULT_OBJECTIVE,
  concludedAfter,
  isConclusive,
  judgedAfter,
  laterAimOf,
  objectiveSchema,
  rewardOf,
  type Aim,
  type LaterAim,
  type Objective,
} from './objective.js';
export { RevenueScale, revenueReward } from './revenue-scale.js';
export { ProgressRecord } from './progress-record.js';
export { modelKey, personFeatures, withStage, type PersonTraits } from './person-features.js';
export { ENOUGH } from './seat.js';
