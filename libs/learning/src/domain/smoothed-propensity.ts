import type { Stage } from './stage.js';

/** How often something was shown, and how much of a yes came of it (credits of 0..1 a display). */
export interface Counts {
  shown: number;
  positive: number;
}

/** What is believed before any evidence: a mean in (0, 1), worth as much as `strength` displays. */
export interface Prior {
  mean: number;
  strength: number;
}

/** The counts that speak for one prediction, from the widest to the narrowest; absent means none yet. */
export interface Evidences {
  /** The offer everywhere. */
  overall?: Counts | undefined;
  /** The offer on this channel. */
  channel?: Counts | undefined;
  /** The offer on this channel, to people who stand where this person stands. */
  stage?: Counts | undefined;
}

export const DEFAULT_PRIOR: Readonly<Prior> = { mean: 0.05, strength: 20 };
/** No offer falls below it, so that each keeps a chance to be shown and learned about. */
export const PROPENSITY_FLOOR = 0.001;
/** How many displays a channel, or a stage, needs before its own counts weigh as much as what it inherits. */
export const CHANNEL_STRENGTH = 30;
export const STAGE_STRENGTH = 30;

/** Odds of a yes at each stage against those of the offer as a whole, until the stage's own counts say otherwise. */
const STAGE_ODDS: Readonly<Record<Stage, number>> = {
  new: 1,
  seen: 0.8,
  clicked: 3,
  later: 0.6,
  dismissed: 0.4,
  rejected: 0.15,
  accepted: 1.5,
};

/** `(k + m·p) / (n + m)`, the m-estimate: inside (0, 1) for p in (0, 1) and m > 0. */
export function mEstimate(counts: Counts | undefined, mean: number, strength: number): number {
  if (counts === undefined) return mean;
  // More yes than displays happens when a click arrives before its impression.
  const shown = counts.shown > counts.positive ? counts.shown : counts.positive;
  return (counts.positive + strength * mean) / (shown + strength);
}

/** Multiplies the odds p/(1−p) by `factor`. */
export function shiftOdds(p: number, factor: number): number {
  return (p * factor) / (1 - p + p * factor);
}

/**
 * The probability that this display earns a yes: three m-estimates, each the prior mean of the next.
 *
 * ```
 * p_offer   = (k_o   + m₀·mean)                 / (n_o   + m₀)      m₀ = the prior's strength
 * p_channel = (k_oc  + m₁·p_offer)              / (n_oc  + m₁)      m₁ = CHANNEL_STRENGTH
 * p_stage   = (k_ocs + m₂·shift(p_channel, f_s)) / (n_ocs + m₂)     m₂ = STAGE_STRENGTH, f_s = odds of the stage
 * P         = min(1 − floor, max(floor, p_stage))
 * ```
 *
 * `(k + m·p)/(n + m)` is the posterior mean of a Beta(m·p, m·(1−p)) prior under binomial evidence. It is Lidstone's (1920)
 * law of succession with a prior mean (Laplace 1774: m = 2, p = ½), known in machine learning as the m-estimate
 * (B. Cestnik, "Estimating probabilities: a crucial task in machine learning", ECAI 1990). Stacking it is partial pooling
 * (Gelman et al., *Bayesian Data Analysis*, 3rd ed., ch. 5) with fixed strengths.
 */
export function smoothedPropensity(evidences: Evidences, stage: Stage, prior: Prior = DEFAULT_PRIOR): number {
  const offer = mEstimate(evidences.overall, prior.mean, prior.strength);
  const channel = mEstimate(evidences.channel, offer, CHANNEL_STRENGTH);
  const p = mEstimate(evidences.stage, shiftOdds(channel, STAGE_ODDS[stage]), STAGE_STRENGTH);
  if (p < PROPENSITY_FLOOR) return PROPENSITY_FLOOR;
  return p > 1 - PROPENSITY_FLOOR ? 1 - PROPENSITY_FLOOR : p;
}
