export { advantageOf, ChampionTest, type StoredChampionTest } from './champion-test.js';
export {
  LearningState,
  type LearningUpdate,
  type Lesson,
  type StoredLearningState,
} from './learning-state.js';
export { DEFAULT_OBJECTIVE, isConclusive, objectiveSchema, rewardOf, type Objective } from './objective.js';
export { ProgressRecord } from './progress-record.js';
export { modelKey, personFeatures, withStage, type PersonTraits } from './person-features.js';
