export { chiSquareTail } from './chi-square.js';
export { differenceOf, halfWidth, liftOf, type Interval } from './confidence-sequence.js';
export {
  ALPHA,
  evaluateExperiment,
  metricRoles,
  type Evaluated,
  type Figure,
  type MetricFigures,
  type MetricRole,
  type Observed,
} from './evaluate.js';
export {
  cupedEstimates,
  estimateOf,
  NO_MOMENTS,
  sumOfMoments,
  withPerson,
  type Estimate,
  type Moments,
} from './moments.js';
export { BROKEN_SPLIT, sampleRatio, type SampleRatio } from './sample-ratio.js';
export { verdictKinds, verdictOf, type Verdict, type VerdictKind } from './verdict.js';
