export { bernoulliThompsonShares, type BetaPriors } from './bernoulli-thompson.js';
export {
  effectiveSampleSize,
  evaluateOffPolicy,
  LEAST_EFFECTIVE_SAMPLE,
  type Estimate,
  type LoggedRound,
  type OffPolicyEstimates,
  type OffPolicyResult,
} from './off-policy.js';
