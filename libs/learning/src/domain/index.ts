export * from './health/index.js';
export * from './fleet/index.js';
export * from './bandit/index.js';
export * from './off-policy/index.js';
export {
  fromCountLine,
  PropensityCounts,
  sumOf,
  toCountLine,
  type CountLine,
  type StoredCounts,
  type StratumCounts,
} from './propensity-counts.js';
export {
  CHANNEL_STRENGTH,
  DEFAULT_PRIOR,
  mEstimate,
  PROPENSITY_FLOOR,
  shiftOdds,
  smoothedPropensity,
  STAGE_STRENGTH,
  type Counts,
  type Evidences,
  type Prior,
} from './smoothed-propensity.js';
export {
  creditOf,
  evidenceOf,
  stages,
  toStage,
  type Evidence,
  type Observation,
  type Stage,
} from './stage.js';
