/** One logged round, as an estimate of another policy needs it. */
export interface LoggedRound {
  reward: number;
  /** The probability with which the logging policy chose what it chose; above 0. */
  logged: number;
  /** The probability with which the other policy would have chosen the same. */
  target: number;
  /** What a reward model expects: of the logged action, and of the other policy's choice. For DM and DR. */
  model?: { ofLogged: number; ofTarget: number };
}

/** A mean reward with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** What another policy would have earned. DM and DR are null without a reward model. */
export interface OffPolicyEstimates {
  ips: Estimate;
  snipw: Estimate;
  dm: Estimate | null;
  dr: Estimate | null;
}

export type OffPolicyResult =
  | { refused: false; rounds: number; effectiveSampleSize: number; estimates: OffPolicyEstimates }
  | { refused: true; rounds: number; effectiveSampleSize: number; reason: string };

/** Below it weighted rounds say too little, and nothing is estimated. */
export const LEAST_EFFECTIVE_SAMPLE = 200;
/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.959963984540054;

/** Kish's effective sample size (Σw)² / Σw² (Survey Sampling, 1965). */
export function effectiveSampleSize(weights: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}

/**
 * The mean reward that the target policy would have had, from rounds that another policy logged.
 *
 * With w = target / logged: IPS is the mean of w·r (Horvitz and Thompson 1952), SNIPW is Σwr / Σw with the variance of a ratio
 * (Swaminathan and Joachims, "The self-normalized estimator", NIPS 2015), DM is the mean of the reward model under the target,
 * DR = DM + w·(r − model) (Dudík, Langford and Li, ICML 2011). Refused when the effective sample is under 200.
 */
export function evaluateOffPolicy(rounds: readonly LoggedRound[]): OffPolicyResult {
  const weights = rounds.map(({ target, logged }) => target / logged);
  const sample = effectiveSampleSize(weights);
  if (!(sample >= LEAST_EFFECTIVE_SAMPLE)) {
    const reason = `the effective sample size is ${sample.toFixed(0)}, under ${LEAST_EFFECTIVE_SAMPLE}`;
    return { refused: true, rounds: rounds.length, effectiveSampleSize: sample, reason };
  }
  const estimates: OffPolicyEstimates = {
    ips: meanEstimate(rounds.map(({ reward }, at) => weights[at]! * reward)),
    snipw: ratioOf(
      rounds.map(({ reward }) => reward),
      weights,
    ),
    ...withModel(rounds, weights),
  };
  return { refused: false, rounds: rounds.length, effectiveSampleSize: sample, estimates };
}

function withModel(
  rounds: readonly LoggedRound[],
  weights: readonly number[],
): Pick<OffPolicyEstimates, 'dm' | 'dr'> {
  const modelled = rounds.flatMap(({ reward, model }, at) =>
    model ? [{ ...model, correction: weights[at]! * (reward - model.ofLogged) }] : [],
  );
  if (modelled.length < rounds.length) return { dm: null, dr: null };
  return {
    dm: meanEstimate(modelled.map(({ ofTarget }) => ofTarget)),
    dr: meanEstimate(modelled.map(({ ofTarget, correction }) => ofTarget + correction)),
  };
}

/** The mean of independent values with its 95 % interval. */
export function meanEstimate(values: readonly number[]): Estimate {
  const count = Math.max(1, values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return around(mean, Math.sqrt(squares / Math.max(1, count - 1) / count));
}

function ratioOf(rewards: readonly number[], weights: readonly number[]): Estimate {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const value = rewards.reduce((sum, reward, at) => sum + weights[at]! * reward, 0) / total;
  const squares = rewards.reduce((sum, reward, at) => sum + (weights[at]! * (reward - value)) ** 2, 0);
  return around(value, Math.sqrt(squares) / total);
}

function around(value: number, error: number): Estimate {
  return { value, low: value - Z95 * error, high: value + Z95 * error };
}
