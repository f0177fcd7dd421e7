export { countAt, joinLevels, type Level, levelOf, NONE, shiftOf } from './decay.js';
export { interestsOf, recommend, type Seed, strategies, type Strategy, type Wanted } from './recommend.js';
export {
  type Counter,
  counters,
  DEFAULT_SETTINGS,
  type HalfLives,
  halfLivesOf,
  type RecommendationSettings,
  recommendationSettingsSchema,
} from './settings.js';
export { lastViewed, seedsOf } from './seeds.js';
export { type Signal, signalsOf } from './signals.js';
export { type Ranking, Rankings } from './rankings.js';
export { type Companion, MOST_COMPANIONS, Statistics, type Togetherness } from './statistics.js';
export { type Tallied, Tally } from './tally.js';
