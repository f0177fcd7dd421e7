import fc from 'fast-check';
import type { RecordEvent } from '../record-event.js';
import { checkTraitDocument, compileTraitBook } from '../trait-book.js';
import { type ComputedState, compute, eventView, joinComputed, readComputed } from './computed-state.js';
import { type ComputedTrait, type ComputedOp, computedOps, DAY } from './computed-trait.js';

const NOW = Date.UTC(2026, 4, 20, 15);

function declare(document: object): ComputedTrait {
  const checked = checkTraitDocument('computed', { key: 'x', from: { event: 'Bought' }, ...document });
  if (!checked.document) throw new Error(JSON.stringify(checked.issues));
  const book = compileTraitBook(
    1,
    [{ kind: 'computed', key: 'x', document: checked.document, revision: 1 }],
    () => ({
      rank: 0,
      party: 'first',
    }),
  );
  const [trait] = book.computed;
  if (!trait) throw new Error('nothing was compiled');
  return trait;
}

const withValue = (op: ComputedOp) => !['count', 'recency', 'frequency'].includes(op);
const all = computedOps.flatMap((op) =>
  ['all', '30d', '36h']
    .filter((window) => op !== 'recency' || window === 'all')
    .map((window) => declare({ op, window, limit: 3, ...(withValue(op) && { of: 'properties.total' }) })),
);

let made = 0;
const bought = (properties: object, at = NOW): RecordEvent => ({
  id: `e${String((made += 1)).padStart(5, '0')}`,
  type: 'track',
  name: 'Bought',
  source: 'shop',
  verified: true,
  occurredAt: at,
  payload: { properties },
});

const fold = (events: RecordEvent[], trait: ComputedTrait): ComputedState | undefined =>
  events.reduce<ComputedState | undefined>(
    (state, event) => compute(state, event, trait, eventView(event)),
    undefined,
  );
const read = (events: RecordEvent[], trait: ComputedTrait, now = NOW) =>
  readComputed(fold(events, trait), trait, now);

const events = fc.array(
  fc
    .record({
      total: fc.oneof(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.round(value * 100) / 100),
        fc.constantFrom<unknown>('12.5', 'n/a', null, true, [1, 2.2], 0.1),
      ),
      at: fc.integer({ min: NOW - 40 * DAY, max: NOW }),
    })
    .map(({ total, at }) => bought({ total }, at)),
  { maxLength: 30 },
);

describe('computed traits', () => {
  it('are the same in any order of arrival', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        events.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        (trait, [list, shuffled]) => expect(fold(shuffled, trait) ?? {}).toEqual(fold(list, trait) ?? {}),
      ),
    );
  });

  it('of two people who turn out to be one are those of all their events', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), events, events, (trait, a, b) => {
        const joined = joinComputed(fold(a, trait) ?? {}, fold(b, trait) ?? {}, trait);
        expect(joined).toEqual(fold([...a, ...b], trait) ?? {});
      }),
    );
  });

  it('say what a look at all events says', () => {
    const within = (event: RecordEvent) => Math.floor(event.occurredAt / DAY) > Math.floor(NOW / DAY) - 30;
    const cents = fc.array(
      fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: NOW - 60 * DAY, max: NOW })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(cents, (drawn) => {
        const list = drawn.map(([amount, at]) => bought({ total: amount / 100 }, at));
        const amounts = drawn
          .filter((_, index) => within(list[index] as RecordEvent))
          .map(([amount]) => amount);
        const total = amounts.reduce((sum, amount) => sum + amount, 0);
        const of = (op: ComputedOp, more: object = { of: 'properties.total' }) =>
          read(list, declare({ op, window: '30d', ...more }));
        expect(of('count', {})).toBe(amounts.length);
        expect(of('sum')).toBe(total / 100);
        expect(of('max')).toBe(amounts.length > 0 ? Math.max(...amounts) / 100 : undefined);
        expect(of('distinct')).toBe(new Set(amounts).size);
      }),
    );
  });

  it('add up exactly', () => {
    const trait = declare({ op: 'sum', of: 'properties.total' });
    expect(
      read(
        [0.1, 0.2, 0.3, -0.6, 1e11, 0.01].map((total) => bought({ total })),
        trait,
      ),
    ).toBe(100000000000.01);
  });

  it('forget what leaves the window, without an event', () => {
    const list = [0, 10, 29].map((days) => bought({ total: 10 }, NOW - days * DAY));
    const trait = declare({ op: 'sum', of: 'properties.total', window: '30d' });
    const state = fold(list, trait);
    expect([0, 1, 20, 30].map((days) => readComputed(state, trait, NOW + days * DAY))).toEqual([
      30, 20, 10, 0,
    ]);
    const hours = declare({ op: 'count', window: '2h' });
    expect(read([bought({}), bought({}, NOW - 3_600_000), bought({}, NOW - 7_200_000)], hours)).toBe(2);
  });

  it('count only what the filter and the currency let through', () => {
    const list = [
      bought({ total: 5, currency: 'EUR', category: 'tea' }),
      bought({ total: 7, category: 'tea' }),
      bought({ total: 11, currency: 'USD', category: 'tea' }),
      bought({ total: 13, currency: 'eur' }),
    ];
    const where = 'event.properties.category == "tea"';
    const trait = declare({
      op: 'sum',
      of: 'properties.total',
      currency: 'EUR',
      from: { event: 'Bought', where },
    });
    expect(read(list, trait)).toBe(12);
  });

  it('list the values of lists, the latest first', () => {
    const list = ['tea', 'mugs', 'tea', 'hats', 'bags'].map((category, index) =>
      bought({ products: [{ category }, { category: 'tea' }] }, NOW - (10 - index) * DAY),
    );
    const of = 'properties.products.category';
    expect(read(list, declare({ op: 'list', of, limit: 3 }))).toEqual(['bags', 'tea', 'hats']);
    expect(read(list, declare({ op: 'distinct', of }))).toBe(4);
    expect(read(list, declare({ op: 'list', of, window: '7d' }))).toEqual(['bags', 'tea']);
  });

  it('score recency, frequency and money', () => {
    const list = [3, 40, 90].map((days) => bought({ total: 100 }, NOW - days * DAY));
    expect(read(list, declare({ op: 'rfm', of: 'properties.total' }))).toEqual({
      recency: 3,
      frequency: 3,
      monetary: 300,
      r: 5,
      f: 2,
      m: 4,
      score: '524',
    });
    expect(read([], declare({ op: 'rfm', of: 'properties.total' }))).toBeUndefined();
  });

  it('are refused where they make no sense', () => {
    const issue = (document: object) =>
      checkTraitDocument('computed', { key: 'x', from: { event: 'A' }, op: 'count', ...document }).issues[0];
    expect(issue({ op: 'sum' })).toMatchObject({ pointer: 'of' });
    expect(issue({ of: 'properties.a' })).toMatchObject({ pointer: 'of' });
    expect(issue({ window: 'a while' })).toMatchObject({ pointer: 'window' });
    expect(issue({ key: 'orders_total' })).toMatchObject({ pointer: 'key' });
    expect(issue({ from: { event: 'A', where: 'profile.known' } })).toMatchObject({ pointer: 'from/where' });
    expect(issue({ from: { event: 'A', where: 'event.type + 1' } })).toMatchObject({ pointer: 'from/where' });
  });
});
