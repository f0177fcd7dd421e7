import type { ItemMemory } from '@repartee/profile/domain';
import fc from 'fast-check';
import { itemSchema } from '../item-schema.js';
import { Shelf } from '../shelf.js';
import { levelOf } from './decay.js';
import { recommend, type Strategy, type Wanted } from './recommend.js';
import { DEFAULT_SETTINGS, halfLivesOf } from './settings.js';
import { signalsOf } from './signals.js';
import { Statistics } from './statistics.js';
import { Tally } from './tally.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const halfLives = halfLivesOf(DEFAULT_SETTINGS);
const ITEMS = [
  { id: 'ridge', category: 'Coffee > Light' },
  { id: 'harbour', category: 'Coffee > Medium' },
  { id: 'night', category: 'Coffee > Dark' },
  { id: 'press', category: 'Brewers' },
  { id: 'cone', category: 'Brewers' },
  { id: 'mug', category: 'Tools' },
];

function shop(change: (id: string) => object = () => ({})) {
  const shelf = new Shelf();
  for (const item of ITEMS) shelf.put(itemSchema.parse({ ...item, name: item.id, ...change(item.id) }));
  return shelf;
}

/** Orders, each a list of ids and how many days ago. */
function counted(orders: readonly (readonly [string, number])[], shelf = shop()) {
  const tally = new Tally(halfLives);
  for (const [ids, days] of orders)
    tally.add(signalsOf(undefined, { encounter: 'bought', items: ids.split(' ') }, NOW - days * DAY));
  const statistics = new Statistics(halfLives);
  for (const { counter, item, level } of tally.singles) statistics.put(counter, item, level);
  const companions = new Map<string, [string, number][]>();
  for (const { item, other, level } of tally.pairs)
    companions.set(item, [...(companions.get(item) ?? []), [other, level]]);
  for (const [item, all] of companions) statistics.putCompanions('purchase', item, all);
  for (const { item } of tally.singles) statistics.rank(item, shelf.find(item)?.category);
  return statistics;
}

const wanted = (strategy: Strategy, more: Partial<Wanted> = {}): Wanted => ({
  strategies: [strategy],
  count: 3,
  category: null,
  seeds: [],
  memory: undefined,
  exclude: new Set(),
  now: NOW,
  ...more,
});
const from = (...items: string[]) => ({ seeds: items.map((item) => ({ item, weight: 1 })) });

describe('recommended items', () => {
  const orders = [
    ['ridge cone', 1],
    ['ridge cone', 2],
    ['ridge mug', 1],
    ['mug night', 1],
    ['mug harbour', 1],
    ['mug press', 1],
    ['night press', 400],
  ] as const;

  it('bought together: what is bought mostly with the seed before what is bought with everything', () => {
    expect(recommend(shop(), counted(orders), wanted('co_purchase', from('ridge')))).toEqual(['cone', 'mug']);
    expect(recommend(shop(), counted(orders), wanted('co_purchase'))).toEqual([]);
    expect(recommend(shop(), counted(orders), wanted('co_view', from('ridge')))).toEqual([]);
  });

  it('of several seeds add up', () => {
    const found = recommend(shop(), counted(orders), wanted('co_purchase', from('night', 'harbour')));
    expect(found[0]).toBe('mug');
    expect(found).not.toContain('harbour');
  });

  it('popular: what is bought now before what was bought often long ago', () => {
    const old = Array.from({ length: 20 }, () => ['press', 60] as const);
    const statistics = counted([...old, ['ridge', 0], ['ridge', 0], ['night', 1]]);
    expect(recommend(shop(), statistics, wanted('popularity'))).toEqual(['ridge', 'night', 'press']);
    expect(recommend(shop(), statistics, wanted('popularity', { category: 'Coffee' }))).toEqual([
      'ridge',
      'night',
    ]);
    expect(recommend(shop(), statistics, wanted('popularity', { category: 'Coffee > Dark' }))).toEqual([
      'night',
    ]);
    expect(recommend(shop(), statistics, wanted('popularity', { category: 'Cof' }))).toEqual([]);
  });

  it('by what the person likes: popular items of the categories met, recent ones more', () => {
    const statistics = counted(ITEMS.map(({ id }, index) => [id, index] as const));
    const memory: ItemMemory = { viewed: [['cone', NOW]], bought: [['night', NOW - 365 * DAY]] };
    const found = recommend(shop(), statistics, wanted('affinity', { memory }));
    expect(found).toEqual(['press', 'cone', 'night']);
    expect(recommend(shop(), statistics, wanted('affinity'))).toEqual([]);
  });

  it('are filled up by the next strategy, each once', () => {
    const statistics = counted(orders);
    const both = {
      ...wanted('co_purchase', from('ridge')),
      strategies: ['co_purchase', 'popularity'] as Strategy[],
      count: 5,
    };
    const found = recommend(shop(), statistics, both);
    expect(found.slice(0, 2)).toEqual(['cone', 'mug']);
    expect(new Set(found).size).toBe(found.length);
    expect(found).not.toContain('ridge');
    expect(found).toHaveLength(5);
  });

  it('are never out of stock, out of time, unknown, excluded, or more than were asked for', () => {
    const ids = ITEMS.map(({ id }) => id);
    const some = fc.subarray(ids);
    fc.assert(
      fc.property(some, some, some, fc.integer({ min: 1, max: 6 }), (empty, over, unwanted, count) => {
        const shelf = shop((id) => ({
          ...(empty.includes(id) && { stock: 0 }),
          ...(over.includes(id) && { availableUntil: new Date(NOW).toISOString() }),
        }));
        shelf.remove('mug');
        const statistics = counted(orders, shelf);
        for (const strategy of ['co_purchase', 'affinity', 'popularity'] as const) {
          const more = {
            ...from('ridge'),
            exclude: new Set(unwanted),
            count,
            memory: { viewed: [['night', NOW]] as const },
          };
          const found = recommend(shelf, statistics, wanted(strategy, more));
          expect(found.length).toBeLessThanOrEqual(count);
          for (const id of found)
            expect([empty, over, unwanted, ['mug', 'ridge']].some((list) => list.includes(id))).toBe(false);
        }
      }),
    );
  });

  it('do not change their order as time goes by without events', () => {
    const statistics = counted(orders);
    const at = (days: number) =>
      recommend(shop(), statistics, wanted('popularity', { now: NOW + days * DAY, count: 6 }));
    expect(at(900)).toEqual(at(0));
    expect(
      statistics.similarity('purchase', 'ridge', ['cone', levelOf(2, NOW, halfLives.purchase)], NOW),
    ).toBeLessThan(1);
  });
});
