import type { Estimate } from './moments.js';

/** A number and the bounds between which it lies. */
export interface Interval {
  value: number;
  lower: number;
  upper: number;
}

/** The number of people at which the sequence is narrowest for what it promises. */
const TUNED_FOR = 5000;

/**
 * Half the width of an asymptotic confidence sequence: with probability 1 − α the truth stays within, at every look at
 * once and for as long as you look. Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", Annals of Statistics 52 (2024), theorem 2.2 (Robbins' normal mixture):
 * σ √(2 (tρ² + 1) / (t²ρ²) · ln(√(tρ² + 1) / α)), with ρ = √((−2 ln α + ln(−2 ln α + 1)) / t*).
 *
 * @param error standard error of the estimate; σ = error · √t
 * @param people t, all who are compared
 */
export function halfWidth(error: number, people: number, alpha: number): number {
  if (people === 0) return Infinity;
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / TUNED_FOR;
  const spread = people * rho2 + 1;
  return error * Math.sqrt(((2 * spread) / (people * rho2)) * Math.log(Math.sqrt(spread) / alpha));
}

/**
 * The difference `other` − `factor` × `control` of two means.
 * @param factor 1 unless the control is to be compared a little better or worse than it is
 */
export function differenceOf(control: Estimate, other: Estimate, alpha: number, factor = 1): Interval {
  const value = other.mean - factor * control.mean;
  const error = Math.sqrt(errorOf(other) + factor * factor * errorOf(control));
  return around(value, error, control.people + other.people, alpha);
}

/**
 * The difference as a share of the control's mean, its error by the delta method; null where the control's mean is 0.
 */
export function liftOf(control: Estimate, other: Estimate, alpha: number): Interval | null {
  if (control.mean === 0) return null;
  const { mean } = control;
  const error = Math.sqrt(errorOf(other) / mean ** 2 + (other.mean ** 2 * errorOf(control)) / mean ** 4);
  return around((other.mean - mean) / Math.abs(mean), error, control.people + other.people, alpha);
}

function around(value: number, error: number, people: number, alpha: number): Interval {
  const half = Number.isFinite(error) ? halfWidth(error, people, alpha) : Infinity;
  return { value, lower: value - half, upper: value + half };
}

/** The variance of a mean; without two people there is no telling. */
function errorOf({ people, variance }: Estimate): number {
  return people < 2 ? Infinity : variance / people;
}
