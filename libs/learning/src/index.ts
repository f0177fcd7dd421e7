export { ContextualModel } from './api/contextual-model.js';
export { ModelHealth } from './api/model-health.js';
export { LearningFeed } from './api/learning-feed.js';
export {
  PropensityModel,
  type Display,
  type PastPredictors,
  type PersonalObservation,
  type PropensityInput,
  type PropensityRequest,
} from './api/propensity-model.js';
export { DisplayCredits } from './persistence/display-credits.js';
export { LearningModule } from './learning.module.js';
export { learningEntities, learningMigrations } from './persistence/index.js';
