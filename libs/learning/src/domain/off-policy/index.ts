export { bernoulliThompsonShares, type BetaPriors } from './bernoulli-thompson.js';
export { evaluateLog, type LogEvaluation, type LoggedChoice } from './evaluate-log.js';
export {
  effectiveSampleSize,
  evaluateOffPolicy,
  LEAST_EFFECTIVE_SAMPLE,
  meanEstimate,
  type Estimate,
  type LoggedRound,
  type OffPolicyEstimates,
  type OffPolicyResult,
} from './off-policy.js';
