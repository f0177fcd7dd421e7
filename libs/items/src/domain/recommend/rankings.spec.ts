import fc from 'fast-check';
import { joinLevels, NONE } from './decay.js';
import { MOST_POPULAR, Rankings } from './rankings.js';

const CATEGORIES = [null, 'Coffee', 'Coffee > Light', 'Coffee > Dark', 'Tools'];

const change = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      id: fc.integer({ min: 0, max: 40 }).map((n) => `i${n}`),
      category: fc.constantFrom(...CATEGORIES),
      level: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -5000, max: 5000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ id: fc.integer({ min: 0, max: 40 }).map((n) => `i${n}`) }) },
);

/** What the rankings should say, in the plainest words. */
function model(
  items: ReadonlyMap<string, { category: string | null; level: number }>,
  wanted: string | null,
) {
  const within = [...items]
    .filter(
      ([, { category }]) =>
        wanted === null || category === wanted || category?.startsWith(`${wanted} > `) === true,
    )
    .map(([id, { level }]) => ({ id, level }))
    .sort((a, b) => b.level - a.level || (a.id < b.id ? -1 : 1));
  return {
    items: within.slice(0, MOST_POPULAR),
    total: within.reduce((sum, { level }) => joinLevels(sum, level), NONE),
  };
}

describe('Rankings', () => {
  it('are what sorting everything would give, whatever rises, sinks, moves or goes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 12 }), (changes) => {
        const rankings = new Rankings();
        const items = new Map<string, { category: string | null; level: number }>();
        for (const some of changes) {
          for (const one of some) {
            if ('level' in one) {
              rankings.put(one.id, one.category, one.level);
              items.set(one.id, one);
            } else {
              rankings.remove(one.id);
              items.delete(one.id);
            }
          }
          for (const category of CATEGORIES) {
            const found = rankings.of(category);
            const expected = model(items, category);
            expect(found.items).toEqual(expected.items);
            if (expected.total === NONE) expect(found.total).toBe(NONE);
            else expect(found.total).toBeCloseTo(expected.total, 9);
          }
        }
      }),
    );
  });

  it('keep the most popular of many, and find who follows when one of them goes', () => {
    const rankings = new Rankings();
    for (let n = 0; n < 5 * MOST_POPULAR; n += 1)
      rankings.put(`i${n}`, n % 2 ? 'Odd' : 'Even', (n * 7919) % 1009);
    const ids = (category: string | null) => rankings.of(category).items.map(({ id }) => id);
    const all = ids(null);
    expect(all).toHaveLength(MOST_POPULAR);
    const next = [...Array(5 * MOST_POPULAR).keys()]
      .sort((a, b) => ((b * 7919) % 1009) - ((a * 7919) % 1009))
      .slice(0, MOST_POPULAR + 1)
      .map((n) => `i${n}`);
    expect(all).toEqual(next.slice(0, MOST_POPULAR));
    rankings.remove(all[0]!);
    expect(ids(null)).toEqual(next.slice(1));
    rankings.put(next[1]!, 'Odd', -5);
    expect(ids(null)).not.toContain(next[1]);
    expect(ids('Nowhere')).toEqual([]);
  });
});
