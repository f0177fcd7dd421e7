export { advantageOf, ChampionTest, type StoredChampionTest } from './champion-test.js';
export {
  LearningState,
  type LearningUpdate,
  type Lesson,
  type StoredLearningState,
} from './learning-state.js';
export {
  aimOf,
  answerReward,
  DEFAULT_OBJECTIVE,
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
