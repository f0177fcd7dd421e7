import fc from 'fast-check';
import { DIMENSIONS, FeatureSpace, type Features } from './feature-space.js';

const features: fc.Arbitrary<Features> = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.oneof(fc.double(), fc.boolean(), fc.string({ maxLength: 4 }), fc.constant(null)),
  { maxKeys: 12 },
);

function entries(space: FeatureSpace, of: Features): [number, number][] {
  const { indices, values, length } = space.encode(of);
  return Array.from({ length }, (_, at) => [indices[at]!, values[at]!]);
}

function reversed(of: Features): Features {
  return Object.fromEntries(Object.entries(of).reverse());
}

describe('FeatureSpace', () => {
  it('does not mind the order of features', () => {
    fc.assert(
      fc.property(fc.array(features, { minLength: 1, maxLength: 20 }), (all) => {
        const one = new FeatureSpace();
        const other = new FeatureSpace();
        for (const each of all) {
          one.observe(each);
          other.observe(reversed(each));
        }
        expect(entries(other, reversed(all[0]!))).toEqual(entries(one, all[0]!));
      }),
    );
  });

  it('makes bounded, finite vectors with rising indices', () => {
    fc.assert(
      fc.property(fc.array(features, { minLength: 1, maxLength: 20 }), (all) => {
        const space = new FeatureSpace();
        for (const each of all) {
          space.observe(each);
          const found = entries(space, each);
          expect(found.every(([index, value]) => index < DIMENSIONS && Number.isFinite(value))).toBe(true);
          expect(found.every(([index], at) => at === 0 || index > found[at - 1]![0])).toBe(true);
        }
      }),
    );
  });

  it('tells a number apart from a category of the same name', () => {
    const space = new FeatureSpace();
    for (let at = 0; at < 100; at += 1) space.observe({ 'tier=gold': at % 10 });
    space.observe({ 'tier=gold': 9, tier: 'gold' });
    const both = entries(space, { 'tier=gold': 9, tier: 'gold' });
    expect(both.map(([index]) => index)).toEqual([0, 1, 2]);
    expect(both.every(([, value]) => Number.isFinite(value))).toBe(true);
  });

  it('shares dimensions by hash when there are too many', () => {
    const space = new FeatureSpace();
    for (let at = 0; at < 5000; at += 1) space.observe({ product: `p${at}`, [`n${at}`]: at });
    expect(space.size).toBe(DIMENSIONS);
    expect(entries(space, { product: 'p4999' })).toHaveLength(2);
    expect(entries(space, { product: 'never seen' })).toHaveLength(2);
  });

  it('is not moved far by one outlier, and bounds it', () => {
    const space = new FeatureSpace();
    for (let at = 0; at < 1000; at += 1) space.observe({ spend: at % 10 });
    const before = entries(space, { spend: 9 })[1]![1];
    space.observe({ spend: 1e12 });
    expect(entries(space, { spend: 9 })[1]![1]).toBeCloseTo(before, 1);
    expect(entries(space, { spend: 1e300 })[1]![1]).toBeLessThan(6);
  });

  it('tells numbers apart that lie far from zero', () => {
    const space = new FeatureSpace();
    for (let at = 0; at < 1000; at += 1) space.observe({ at: 1e9 + (at % 10) });
    expect(entries(space, { at: 1e9 + 9 })[1]![1]).toBeGreaterThan(1);
  });

  it('is the same after it was stored and restored', () => {
    fc.assert(
      fc.property(fc.array(features, { minLength: 1, maxLength: 20 }), features, (all, last) => {
        const one = new FeatureSpace();
        for (const each of all) one.observe(each);
        const other = FeatureSpace.restore(one.store());
        for (const space of [one, other]) space.observe(last);
        expect(other.store()).toEqual(one.store());
        expect(entries(other, last)).toEqual(entries(one, last));
      }),
    );
  });

  it('pairs numbers that are above their means together, while there are few', () => {
    const played = (numbers: number) => {
      const space = new FeatureSpace();
      const at = (of: (number: number) => number) =>
        Object.fromEntries(Array.from({ length: numbers }, (_, number) => [`n${number}`, of(number)]));
      for (let round = 0; round < 400; round += 1)
        space.observe(at((number) => (round + number * number) % 7));
      const lengthOf = (high: readonly number[]) =>
        entries(
          space,
          at((n) => (high.includes(n) ? 6 : 0)),
        ).length;
      return { space, lengthOf };
    };
    const { space, lengthOf } = played(3);
    const single = lengthOf([1]);
    expect([lengthOf([0, 1]) - single, lengthOf([0, 1, 2]) - single]).toEqual([1, 3]);
    const restored = FeatureSpace.restore(space.store());
    const high = { n0: 6, n1: 6, n2: 6 };
    expect(entries(restored, high)).toEqual(entries(space, high));
    const many = played(9);
    expect(many.lengthOf([0, 1, 2])).toBe(many.lengthOf([1]));
  });
});
