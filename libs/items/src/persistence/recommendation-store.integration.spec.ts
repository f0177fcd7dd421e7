import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import {
  countAt,
  type Counter,
  DEFAULT_SETTINGS,
  halfLivesOf,
  type Signal,
  signalsOf,
  Tally,
} from '../domain/index.js';
import { itemsEntities, itemsMigrations, ItemStore, RecommendationStore } from './index.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const halfLives = halfLivesOf(DEFAULT_SETTINGS);
const START = { revision: 0, counter: 'popularity' as Counter, item: '' };

/** Orders of three of twenty items, one a day. */
const orders: Signal[][] = Array.from({ length: 60 }, (_, n) =>
  signalsOf(
    undefined,
    {
      encounter: 'bought',
      items: [...new Set([n % 20, (n * 7 + 1) % 20, (n * 3 + 2) % 20])].map((id) => `i${id}`),
    },
    NOW - n * DAY,
  ),
);

describe('what is counted of items', () => {
  let db: TestDatabase;
  let store: RecommendationStore;
  const note = (signals: readonly Signal[]) => db.database.transaction((tx) => store.note(tx, signals));
  const all = async () => {
    const counted = await store.countedAfter(START, 1000);
    return Object.fromEntries(counted.map((one) => [`${one.counter} ${one.item}`, one]));
  };
  const drain = async () => {
    while (await store.addUp());
  };
  const expectAll = async () => {
    const tally = new Tally(halfLives);
    for (const signals of orders) tally.add(signals);
    const found = await all();
    expect(Object.keys(found)).toHaveLength(tally.singles.length);
    for (const { counter, item, level } of tally.singles)
      expect(found[`${counter} ${item}`]?.level).toBeCloseTo(level, 9);
    for (const { counter, item, other, level } of tally.pairs) {
      const companion = found[`${counter} ${item}`]?.companions.find(([id]) => id === other);
      expect(companion?.[1]).toBeCloseTo(level, 9);
    }
  };

  beforeAll(async () => {
    db = await createTestDatabase({ entities: itemsEntities, migrations: itemsMigrations });
    store = new RecommendationStore(db.database);
    await db.database.transaction((tx) =>
      new ItemStore(db.database).upsert(
        tx,
        Array.from({ length: 20 }, (_, n) => ({ id: `i${n}`, name: `${n}` })),
        NOW,
      ),
    );
  });
  beforeEach(() => db.database.query('TRUNCATE item_signal, item_count, item_pair'));
  afterAll(() => db.drop());

  it.each([1, 7, 60])(
    'comes to the same when it arrives in portions of %i, added up in between',
    async (size) => {
      for (let from = 0; from < orders.length; from += size) {
        await note(orders.slice(from, from + size).flat());
        if (from % 2 === 0) await store.addUp();
      }
      await drain();
      await expectAll();
    },
  );

  it('counts each thing once, however many processes add up at the same time', async () => {
    await Promise.all(orders.map((signals) => note(signals)));
    await Promise.all(Array.from({ length: 4 }, drain));
    await drain();
    await expectAll();
    expect(await db.database.query('SELECT 1 FROM item_signal')).toEqual([]);
  });

  it('counts nothing of what is not in the catalogue', async () => {
    await note(signalsOf(undefined, { encounter: 'bought', items: ['i1', 'made up'] }, NOW));
    await drain();
    const found = await all();
    expect(Object.keys(found).sort()).toEqual(['popularity i1', 'purchase i1']);
    expect(found['purchase i1']!.companions).toEqual([]);
  });

  it('does not count what was rolled back', async () => {
    const failed = db.database.transaction(async (tx) => {
      await store.note(tx, orders[0]!);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await drain();
    expect(await all()).toEqual({});
  });

  it('is followed from revision to revision, page by page', async () => {
    await note(orders[0]!);
    await drain();
    const first = Object.keys(await all()).length;
    const { revision } = await store.state();
    await note(orders[1]!);
    await drain();
    const news = await store.countedAfter({ ...START, revision: revision + 1 }, 1000);
    expect(news.length).toBeLessThanOrEqual(6);
    const paged: string[] = [];
    let at = START;
    for (
      let page = await store.countedAfter(at, 2);
      page.length > 0;
      page = await store.countedAfter(at, 2)
    ) {
      paged.push(...page.map(({ counter, item }) => `${counter} ${item}`));
      at = page.at(-1)!;
    }
    expect(paged.length).toBeGreaterThanOrEqual(first);
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('keeps its counts when half-lives change, and decays by the new ones from then on', async () => {
    await note(orders.flat());
    await drain();
    const before = await all();
    const shift = NOW / (2 * halfLives.purchase) - NOW / halfLives.purchase;
    const settings = { halfLives: { ...DEFAULT_SETTINGS.halfLives, purchase: '180d' } };
    await db.database.transaction(async (tx) => {
      const held = await store.hold(tx);
      await store.change(tx, held, settings, new Map([['purchase', shift]]));
    });
    const after = await all();
    const { level } = before['purchase i0']!;
    const count = countAt(level, NOW, halfLives.purchase);
    expect(countAt(after['purchase i0']!.level, NOW, 180 * DAY)).toBeCloseTo(count, 8);
    expect(after['purchase i0']!.companions[0]![1]).toBeCloseTo(
      before['purchase i0']!.companions[0]![1] + shift,
      9,
    );
    expect(after['popularity i0']!.level).toBe(before['popularity i0']!.level);
    expect(after['purchase i0']!.revision).toBeGreaterThan(before['purchase i0']!.revision);
    expect(await store.state()).toMatchObject({ settings, version: 2 });
  });

  it('forgets what is as good as nothing, and pairs beyond so many', async () => {
    await note(orders.flat());
    await drain();
    const now = NOW + 30 * halfLives.popularity;
    await store.forget('popularity', Math.log2(0.02) + now / halfLives.popularity, 500);
    await store.forget('purchase', -Infinity, 2);
    const left = await all();
    expect(Object.keys(left).some((name) => name.startsWith('popularity'))).toBe(false);
    expect(Math.max(...Object.values(left).map(({ companions }) => companions.length))).toBe(2);
  });
});
