import fc from 'fast-check';
import { weightsOf } from '../definition/index.js';
import { chiSquareTail } from '../statistics/index.js';
import { bucketOf, bucketRanges, inNamespace, variationAt } from './index.js';

const ids = Array.from({ length: 20_000 }, (_, index) => `person-${index}`);

describe('bucketing', () => {
  it.each([
    ['seed', 'a', 0.0505],
    ['seed', 'b', 0.2696],
    ['foo', 'ab', 0.2575],
    ['foo', 'def', 0.2019],
    ['89123klj', '8952klfjas09ujkasdf', 0.124],
    ['90850943850283058242805', '123', 0.7516],
    ['()**(%$##$%#$#', '___)((*":&', 0.0128],
  ])('puts %s and %s where GrowthBook publishes it: %d (hash version 2, spec 0.5.4)', (seed, id, bucket) => {
    expect(bucketOf(seed, id)).toBe(bucket);
  });

  it('spreads people evenly, and independently from one seed to the next', () => {
    const cells = new Array<number>(100).fill(0);
    for (const id of ids) {
      const [x, y] = [bucketOf('one', id), bucketOf('two', id)].map((bucket) => Math.floor(bucket * 10));
      cells[(x ?? 0) * 10 + (y ?? 0)]! += 1;
    }
    const expected = ids.length / cells.length;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquareTail(chiSquare, cells.length - 1)).toBeGreaterThan(0.001);
  });

  it('moves nobody from one variation to another when the coverage grows', () => {
    const weights = weightsOf({ variations: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] });
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (id, coverage) => {
        const bucket = bucketOf('seed', id);
        const before = variationAt(bucketRanges(weights, coverage), bucket);
        const after = variationAt(bucketRanges(weights, 1), bucket);
        expect([-1, after]).toContain(before);
      }),
    );
  });

  it('has nobody in two parts of a namespace that do not overlap', () => {
    const parts = [
      { key: 'home', from: 0, to: 0.3 },
      { key: 'home', from: 0.3, to: 0.5 },
      { key: 'home', from: 0.5, to: 1 },
    ];
    for (const id of ids) expect(parts.filter((part) => inNamespace(part, id))).toHaveLength(1);
  });
});
