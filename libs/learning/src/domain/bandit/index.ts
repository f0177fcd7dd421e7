export { DriftTest } from './drift-test.js';
export { DIMENSIONS, FeatureSpace, newVector, type Features, type FeatureVector } from './feature-space.js';
export { DEFAULT_SETTINGS, type LearnerSettings } from './learner-settings.js';
export {
  Learner,
  type LearnerDraw,
  type LearnerObservation,
  type LearnerScore,
  type StoredLearner,
} from './learner.js';
export { LogitModel, sigmoid, type LogitPrior, type StoredLogitModel } from './logit-model.js';
export { NumericScale } from './numeric-scale.js';
export { type OfferPrior } from './offer-model.js';
export { fnv1a, SeededRandom } from './seeded-random.js';
