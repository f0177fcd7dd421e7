import {
  type ItemMemory,
  type MetItems,
  metItems,
  reduceEvent,
  EMPTY_BOOK,
  emptyRecord,
} from '@repartee/profile/domain';
import fc from 'fast-check';
import { countAt, joinLevels, type Level, levelOf, NONE, shiftOf } from './decay.js';
import { DEFAULT_SETTINGS, halfLivesOf, recommendationSettingsSchema } from './settings.js';
import { type Signal, signalsOf } from './signals.js';
import { Tally } from './tally.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const H = 14 * DAY;
const halfLives = halfLivesOf(DEFAULT_SETTINGS);

describe('a decaying count', () => {
  it('halves with each half-life, and is nothing of nothing', () => {
    const level = levelOf(8, NOW, H);
    expect([0, 1, 2, 3].map((n) => countAt(level, NOW + n * H, H))).toEqual(
      [8, 4, 2, 1].map((n) => expect.closeTo(n, 8) as number),
    );
    expect(countAt(NONE, NOW, H)).toBe(0);
    expect(joinLevels(NONE, NONE)).toBe(NONE);
    expect(joinLevels(level, NONE)).toBe(level);
  });

  const observations = fc.array(
    fc.record({
      weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
      age: fc.integer({ min: 0, max: 5000 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('is the sum of what each observation still weighs, in whatever order they came', () => {
    fc.assert(
      fc.property(observations, fc.nat(), (all, seed) => {
        const truth = all.reduce((sum, { weight, age }) => sum + weight * 2 ** ((-age * DAY) / H), 0);
        const count = (some: typeof all) => {
          const levels = some.map(({ weight, age }) => levelOf(weight, NOW - age * DAY, H));
          return countAt(levels.reduce<Level>(joinLevels, NONE), NOW, H);
        };
        const shuffled = [...all].sort((a, b) => ((a.age * 31 + seed) % 17) - ((b.age * 31 + seed) % 17));
        for (const some of [all, shuffled, [...all].reverse()])
          expect(Math.abs(count(some) - truth)).toBeLessThanOrEqual(1e-9 * truth);
      }),
    );
  });

  it('never leaves the range of numbers: a century of half-lives apart, both ways', () => {
    const hour = 3_600_000;
    const [old, young] = [levelOf(1, 0, hour), levelOf(1, NOW, hour)];
    expect(joinLevels(old, young)).toBe(young);
    expect(countAt(old, NOW, hour)).toBe(0);
    expect(countAt(young, NOW, hour)).toBeCloseTo(1, 8);
  });

  it('keeps its value when its half-life changes', () => {
    const level = levelOf(5, NOW - 3 * DAY, H);
    const moved = level + shiftOf(NOW, H, 2 * H);
    expect(countAt(moved, NOW, 2 * H)).toBeCloseTo(countAt(level, NOW, H), 9);
  });

  it('has half-lives of an hour at least', () => {
    const parse = (view: string) => recommendationSettingsSchema.safeParse({ halfLives: { view } }).success;
    expect([parse('30m'), parse('1h'), parse('P30D'), parse('soon')]).toEqual([false, true, true, false]);
  });
});

const track = (name: string, properties: object, occurredAt: number, id: string) => ({
  id,
  type: 'track',
  name,
  source: 's',
  verified: false,
  occurredAt,
  payload: { properties },
});

/** What one person's events come to, one after the other. */
function counted(events: readonly ReturnType<typeof track>[]): Signal[] {
  const record = emptyRecord('p');
  const signals: Signal[] = [];
  for (const event of events) {
    const met: MetItems | undefined = metItems(event);
    if (met) signals.push(...signalsOf(record.items, met, event.occurredAt));
    reduceEvent(record, event, EMPTY_BOOK);
  }
  return signals;
}

function tallied(...batches: Signal[][]) {
  const tally = new Tally(halfLives);
  for (const batch of batches) tally.add(batch);
  return { singles: tally.singles, pairs: tally.pairs };
}

function near(a: ReturnType<typeof tallied>, b: ReturnType<typeof tallied>): void {
  for (const list of ['singles', 'pairs'] as const) {
    const name = ({ counter, item, other }: (typeof a)['singles'][number]) => [counter, item, other];
    expect(a[list].map(name)).toEqual(b[list].map(name));
    a[list].forEach(({ level }, index) => expect(level).toBeCloseTo(b[list][index]!.level, 9));
  }
}

describe('what events add to the counts', () => {
  const view = (item: string, at: number) =>
    track('Product Viewed', { product_id: item }, at, `${item}${at}`);

  it('is a pair for each two items of a day, once, however often they were looked at', () => {
    const day = NOW + DAY;
    const events = [
      view('a', day),
      view('b', day + 5),
      view('a', day + 9),
      view('b', day + 10),
      view('c', day + DAY),
    ];
    const signals = counted(events);
    expect(signals.filter(({ other }) => other !== null)).toEqual([
      { counter: 'view', item: 'a', other: 'b', weight: 1, at: day },
    ]);
    expect(signals.filter(({ counter, other }) => counter === 'view' && other === null)).toHaveLength(3);
  });

  it('is every pair of an order, at its time, and only when the order is new', () => {
    const met: MetItems = { encounter: 'bought', items: ['x', 'a', 'k'] };
    const signals = signalsOf(undefined, met, NOW);
    const pairs = signals.filter(({ other }) => other !== null).map(({ item, other }) => `${item}${other}`);
    expect(pairs.sort()).toEqual(['ak', 'ax', 'kx']);
    expect(signals.filter(({ counter }) => counter === 'popularity')).toHaveLength(3);
    expect(signalsOf(undefined, met, NOW, false)).toEqual([]);
    const large = { encounter: 'bought' as const, items: Array.from({ length: 200 }, (_, n) => `i${n}`) };
    expect(signalsOf(undefined, large, NOW).filter(({ other }) => other !== null)).toHaveLength(
      (40 * 39) / 2,
    );
  });

  it('counts putting into the cart towards popularity once a day', () => {
    const memory: ItemMemory = { added: [['a', NOW + 5]] };
    const met: MetItems = { encounter: 'added', items: ['a'] };
    expect(signalsOf(memory, met, NOW + 9)).toEqual([]);
    expect(signalsOf(memory, met, NOW + DAY)).toMatchObject([{ counter: 'popularity', weight: 4 }]);
  });

  const happening = fc.record({
    item: fc.integer({ min: 0, max: 12 }).map((n) => `i${n}`),
    minute: fc.integer({ min: 0, max: 1439 }),
  });

  it('comes to the same in whatever order the events of a day arrive', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), fc.nat(), (all, seed) => {
        const events = all.map(({ item, minute }) => view(item, NOW + minute * 60_000));
        const shuffled = events
          .map((event, index) => ({ event, key: (index * 7919 + seed) % 101 }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        near(tallied(counted(shuffled)), tallied(counted(events)));
      }),
    );
  });

  it('comes to the same in whatever portions it is added up', () => {
    const cuts = fc.array(fc.nat(60), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), cuts, (all, at) => {
        const events = all.map(({ item, minute }, index) =>
          view(item, NOW + minute * 60_000 + (index % 5) * DAY),
        );
        const signals = counted(events);
        const bounds = [
          0,
          ...at.map((cut) => cut % (signals.length + 1)).sort((a, b) => a - b),
          signals.length,
        ];
        const portions = bounds.slice(1).map((end, index) => signals.slice(bounds[index], end));
        const separately = new Tally(halfLives);
        for (const portion of portions) {
          const { singles, pairs } = tallied(portion);
          for (const one of singles) separately.join(one);
          for (const one of pairs) if (one.item < one.other) separately.join(one);
        }
        near({ singles: separately.singles, pairs: separately.pairs }, tallied(signals));
        near(tallied(...portions), tallied(signals));
      }),
    );
  });
});
