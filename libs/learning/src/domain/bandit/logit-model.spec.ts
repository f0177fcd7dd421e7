import fc from 'fast-check';
import type { FeatureVector } from './feature-space.js';
import { LogitModel, sigmoid } from './logit-model.js';

const PRIOR = { intercept: -2, interceptVariance: 1, weightVariance: 4 };

function vector(entries: readonly (readonly [number, number])[], size = 8): FeatureVector {
  const sorted = [[0, 1] as const, ...entries].sort((a, b) => a[0] - b[0]);
  return {
    length: sorted.length,
    indices: Int32Array.from(sorted, ([index]) => index),
    values: Float64Array.from(sorted, ([, value]) => value),
    size,
  };
}

const vectors = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }).chain((indices) =>
  fc
    .array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: indices.length,
      maxLength: indices.length,
    })
    .map((values) => vector(indices.map((index, at) => [index, values[at]!] as const))),
);
const responses = fc.array(
  fc.record({
    x: vectors,
    reward: fc.double({ min: 0, max: 1, noNaN: true }),
    weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 60 },
);

/** Cholesky's algorithm ends on a matrix that is not positive definite. */
function isPositiveDefinite(packed: Float64Array, size: number): boolean {
  const lower = new Float64Array(packed.length);
  const at = (i: number, j: number) => (i * (i + 1)) / 2 + j;
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = packed[at(i, j)]!;
      for (let k = 0; k < j; k += 1) sum -= lower[at(i, k)]! * lower[at(j, k)]!;
      if (i === j && !(sum > 0)) return false;
      lower[at(i, j)] = i === j ? Math.sqrt(sum) : sum / lower[at(j, j)]!;
    }
  return true;
}

describe('LogitModel', () => {
  it('begins with the prior, in dimensions it has not met as well', () => {
    const model = new LogitModel(PRIOR);
    model.predict(vector([[3, 2]]));
    expect(model.logit).toBe(-2);
    expect(model.variance).toBeCloseTo(1 + 4 * 4);
  });

  it('keeps its covariance positive definite, whatever it learns', () => {
    fc.assert(
      fc.property(responses, (all) => {
        const model = new LogitModel(PRIOR);
        for (const { x, reward, weight } of all) model.update(x, reward, weight);
        const { covariance, size } = model.store();
        return isPositiveDefinite(covariance, size);
      }),
    );
  });

  it('is surer after every response, and moves towards it', () => {
    fc.assert(
      fc.property(responses, (all) => {
        const model = new LogitModel(PRIOR);
        for (const { x, reward, weight } of all) {
          model.predict(x);
          const { logit, variance } = model;
          model.update(x, reward, weight);
          model.predict(x);
          expect(model.variance).toBeLessThanOrEqual(variance + 1e-9);
          expect(Math.sign(reward - sigmoid(logit)) * (model.logit - logit)).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
    );
  });

  it('is at the mode after one response', () => {
    const model = new LogitModel(PRIOR);
    const x = vector([[1, 0.5]]);
    model.update(x, 1, 1);
    model.predict(x);
    // d/dw of log σ(w·x) − ½(w − m)ᵀP⁻¹(w − m) vanishes: w − m = P·x·(1 − σ(w·x)).
    const spread = 1 + 4 * 0.25;
    expect(model.logit).toBeCloseTo(-2 + spread * (1 - sigmoid(model.logit)), 9);
  });

  it('is the same after it was stored and restored, to the last bit', () => {
    fc.assert(
      fc.property(responses, vectors, (all, x) => {
        const one = new LogitModel(PRIOR);
        for (const response of all) one.update(response.x, response.reward, response.weight);
        const other = new LogitModel(PRIOR);
        other.restore(one.store());
        for (const model of [one, other]) model.update(x, 1, 0.5);
        expect(other.store()).toEqual(one.store());
      }),
    );
  });

  it('finds the weights of the world', () => {
    const model = new LogitModel(PRIOR);
    let state = 1;
    const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let round = 0; round < 20_000; round += 1) {
      const value = 4 * next() - 2;
      model.update(vector([[1, value]]), next() < sigmoid(-1 + 1.5 * value) ? 1 : 0, 1);
    }
    const { mean } = model.store();
    expect(mean[0]).toBeCloseTo(-1, 0.7);
    expect(mean[1]).toBeCloseTo(1.5, 0.7);
  });
});
