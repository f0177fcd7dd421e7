import type { FeatureVector } from './feature-space.js';
import { multiply, subtractOuter } from './triangle.js';

/** Of the search for the mode; it ends sooner once a step is this short. */
const ROUNDS = 50;
const CLOSE = 1e-13;
const LEAST_CURVATURE = 1e-8;

/** Before any evidence: independent weights, all with mean 0 but for the intercept. Logits and squared logits. */
export interface LogitPrior {
  intercept: number;
  interceptVariance: number;
  weightVariance: number;
}

export interface StoredLogitModel {
  size: number;
  mean: Float64Array;
  covariance: Float64Array;
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/**
 * Bayesian logistic regression with a Gaussian posterior N(mean, covariance), updated one response at a time.
 *
 * A response with features x changes the posterior only along k = Σx, so the exact mode is found by a search in one dimension:
 * with μ = x·mean and q = x·Σx the step s solves s = w·(r − σ(μ + q·s)), the mean moves by k·s, and Laplace's approximation at the
 * new mode, with curvature h = w·p(1 − p), gives the covariance Σ − kkᵀ/(1/h + q) by Sherman and Morrison (1950).
 * See D. Spiegelhalter and S. Lauritzen, "Sequential updating of conditional probabilities", Networks 20 (1990), and
 * O. Chapelle and L. Li, "An empirical evaluation of Thompson sampling", NIPS 2011.
 *
 * Only the lower triangle is kept, row after row: a new dimension is appended, and the matrix is symmetric by construction.
 */
export class LogitModel {
  /** Of the last {@link predict} or {@link weigh}, in logits. */
  logit = 0;
  /** Of the last {@link predict}, in squared logits. */
  variance = 0;
  private size = 0;
  private mean = new Float64Array(0);
  private covariance = new Float64Array(0);
  /** Σx of what was weighed last. */
  private gain = new Float64Array(0);
  private point = new Float64Array(0);

  constructor(readonly prior: LogitPrior) {
    this.grow(1);
  }

  /** Of the last {@link predict}: the mean of σ(logit), by MacKay's approximation (Neural Computation 4, 1992). */
  get probability(): number {
    return sigmoid(this.logit / Math.sqrt(1 + (Math.PI / 8) * this.variance));
  }

  /** Mean and variance of the logit at x, into {@link logit} and {@link variance}. Dimensions it has not met have their prior. */
  predict(x: FeatureVector): void {
    const { mean, covariance, size } = this;
    const { indices, values, length } = x;
    let logit = 0;
    let variance = 0;
    for (let a = 0; a < length; a += 1) {
      const i = indices[a]!;
      const value = values[a]!;
      if (i >= size) {
        variance += value * value * this.prior.weightVariance;
        continue;
      }
      const row = (i * (i + 1)) / 2;
      let sum = 0;
      for (let b = 0; b < a; b += 1) sum += covariance[row + indices[b]!]! * values[b]!;
      logit += mean[i]! * value;
      variance += value * (2 * sum + covariance[row + i]! * value);
    }
    this.logit = logit;
    this.variance = variance > 0 ? variance : 0;
  }

  /**
   * Learns one response.
   * @param reward in [0, 1]
   * @param weight how much of an observation it is, in (0, 1]
   */
  update(x: FeatureVector, reward: number, weight: number): void {
    this.weigh(x);
    this.take(reward, weight);
  }

  /** As {@link predict}, and makes {@link take} ready to learn what comes of x: the one pass over the covariance serves both. */
  weigh(x: FeatureVector): void {
    this.grow(x.size);
    this.variance = 3 * x.length > this.size ? this.projectDense(x) : this.projectSparse(x);
    this.logit = 0;
    for (let a = 0; a < x.length; a += 1) this.logit += this.mean[x.indices[a]!]! * x.values[a]!;
  }

  /** Learns the response to what was weighed last; nothing may have been learned in between. */
  take(reward: number, weight: number, ageing = 0): void {
    const { mean, covariance, gain, size, variance: spread } = this;
    const step = modeStep(this.logit, spread, reward, weight);
    const p = sigmoid(this.logit + spread * step);
    const curvature = Math.max(LEAST_CURVATURE, weight * p * (1 - p));
    for (let i = 0; i < size; i += 1) mean[i]! += gain[i]! * step;
    subtractOuter(covariance, gain, 1 / (1 / curvature + spread), size);
    if (ageing !== 0) this.age(ageing);
  }

  /** Takes over the means of another model and keeps its own prior variances. Only for a model that has learned nothing. */
  startFrom(other: LogitModel, withIntercept: boolean): void {
    this.grow(other.size);
    this.mean.set(other.mean.subarray(withIntercept ? 0 : 1, other.size), withIntercept ? 0 : 1);
  }

  /** Copies of the state. */
  store(): StoredLogitModel {
    const { size, mean, covariance } = this;
    return {
      size,
      mean: mean.slice(0, size),
      covariance: covariance.slice(0, (size * (size + 1)) / 2),
    };
  }

  restore({ size, mean, covariance }: StoredLogitModel): void {
    this.grow(size);
    this.mean.set(mean);
    this.covariance.set(covariance);
  }

  /** Every weight regains a share of its prior variance: what is long ago counts less. */
  private age(share: number): void {
    for (let i = 0; i < this.size; i += 1)
      this.covariance[(i * (i + 3)) / 2]! += share * this.priorVariance(i);
  }

  /** k = Σx into `gain`; answers x·k. */
  private projectDense({ indices, values, length }: FeatureVector): number {
    const { covariance, gain, point, size } = this;
    point.fill(0, 0, size);
    for (let a = 0; a < length; a += 1) point[indices[a]!] = values[a]!;
    multiply(covariance, point, gain, size);
    return this.spreadOf(indices, values, length);
  }

  /** The same by the rows and columns of what is not zero. */
  private projectSparse({ indices, values, length }: FeatureVector): number {
    const { covariance, gain, size } = this;
    gain.fill(0, 0, size);
    for (let i = 0, a = 0; i < size; i += 1) {
      const row = (i * (i + 1)) / 2;
      if (a < length && indices[a] === i) {
        const value = values[a]!;
        for (let j = 0; j < i; j += 1) gain[j]! += covariance[row + j]! * value;
        a += 1;
      }
      let sum = 0;
      for (let b = 0; b < a; b += 1) sum += covariance[row + indices[b]!]! * values[b]!;
      gain[i]! += sum;
    }
    return this.spreadOf(indices, values, length);
  }

  private spreadOf(indices: Int32Array, values: Float64Array, length: number): number {
    let spread = 0;
    for (let a = 0; a < length; a += 1) spread += this.gain[indices[a]!]! * values[a]!;
    return spread > 0 ? spread : 0;
  }

  private priorVariance(index: number): number {
    return index === 0 ? this.prior.interceptVariance : this.prior.weightVariance;
  }

  private grow(size: number): void {
    if (size <= this.size) return;
    if (size > this.mean.length) {
      const capacity = Math.max(size, Math.ceil(this.mean.length * 1.25));
      this.mean = enlarged(this.mean, capacity);
      this.gain = enlarged(this.gain, capacity);
      this.point = enlarged(this.point, capacity);
      this.covariance = enlarged(this.covariance, (capacity * (capacity + 1)) / 2);
    }
    for (let i = this.size; i < size; i += 1) {
      this.mean[i] = i === 0 ? this.prior.intercept : 0;
      this.covariance[(i * (i + 3)) / 2] = this.priorVariance(i);
    }
    this.size = size;
  }
}

/**
 * The root of s = w·(r − σ(μ + q·s)): the right side falls, so there is one, between w·(r − 1) and w·r. Newton's steps, and
 * halves of the bracket where a step would leave it.
 */
function modeStep(logit: number, spread: number, reward: number, weight: number): number {
  let low = weight * (reward - 1);
  let high = weight * reward;
  let step = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const p = sigmoid(logit + spread * step);
    const excess = weight * (reward - p) - step;
    if (excess > 0) low = step;
    else high = step;
    const next = step + excess / (1 + weight * spread * p * (1 - p));
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - step) < CLOSE) return inside;
    step = inside;
  }
  return step;
}

function enlarged(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
