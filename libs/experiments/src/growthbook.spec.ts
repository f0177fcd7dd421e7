import { GrowthBook } from '@growthbook/growthbook';
import fc from 'fast-check';
import { bucketOf, bucketRanges, inNamespace, variationAt } from './domain/index.js';

/** What the unmodified SDK of GrowthBook draws; −1 when the person is not in the experiment. */
function drawnByGrowthBook(
  id: string,
  experiment: { seed: string; weights: number[]; coverage: number; namespace?: [string, number, number] },
): number {
  const { seed, weights, coverage, namespace } = experiment;
  const { inExperiment, variationId } = new GrowthBook({ attributes: { id } }).run({
    key: 'experiment',
    seed,
    hashVersion: 2,
    variations: weights.map((_, index) => index) as [number, number, ...number[]],
    weights,
    coverage,
    ...(namespace && { namespace }),
  });
  return inExperiment ? variationId : -1;
}

describe('GrowthBook and we', () => {
  it('draw the same people, whatever the id, the seed, the weights, the coverage and the namespace', () => {
    const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
    const weights = fc
      .array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 })
      .map((parts) => parts.map((part) => part / parts.reduce((sum, one) => sum + one)));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.string({ minLength: 1 }),
        weights,
        share,
        fc.option(fc.tuple(fc.string({ minLength: 1 }), share, share), { nil: undefined }),
        (id, seed, shares, coverage, namespace) => {
          const [key, from, to] = namespace ?? ['', 0, 1];
          const inside = namespace === undefined || inNamespace({ key, from, to }, id);
          const drawn = inside ? variationAt(bucketRanges(shares, coverage), bucketOf(seed, id)) : -1;
          const experiment = { seed, weights: shares, coverage, ...(namespace && { namespace }) };
          expect(drawn).toBe(drawnByGrowthBook(id, experiment));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
