import { STRANGER, type ProfileView } from '@repartee/profile/domain';
import { heldBack, starts } from './due.js';
import { compileReactions, type Reaction } from './reaction.js';

const document = {
  key: 'abandoned-cart',
  on: { event: 'Product Added', where: 'event.properties.price > 10.0' },
  when: 'profile.computed.cart_items > 0',
  after: '1h',
  unless: { event: 'Order Completed' },
  action: { channel: 'email', zone: 'email.main' },
  once: 'P1D',
};
const compiled = (change: object = {}): Reaction => {
  const { reactions, issues } = compileReactions([{ ...document, ...change }]);
  expect(issues).toEqual([]);
  return reactions[0] as Reaction;
};
const now = new Date('2026-01-15T12:00:00Z');
const shopper = (more: Partial<ProfileView> = {}): ProfileView => ({
  ...STRANGER,
  computed: { cart_items: 2 },
  ...more,
});
const happened = (at: number) => ({ count: 1, first: new Date(at), last: new Date(at) });

describe('compileReactions', () => {
  it('reports everything that is wrong, with its place', () => {
    const { issues } = compileReactions([
      { ...document, when: 'profile.computed.cart_items >' },
      { ...document, on: { event: 'X', where: 'nobody.knows > 1' }, after: 'soon' },
      { ...document, surprise: true },
    ]);
    expect(issues.map((issue) => issue.pointer)).toEqual(['0/when', '1/after', '2']);
    expect(issues[0]?.offset).toBe(29);
  });

  it('refuses the same key twice', () => {
    expect(compileReactions([document, document]).issues).toMatchObject([{ pointer: '1/key' }]);
  });
});

describe('starts', () => {
  const event = (properties: object, arrival: { age?: number; imported?: boolean } = {}) => ({
    ...{ name: 'Product Added', properties, context: {}, age: 0, imported: false },
    ...arrival,
  });

  it('asks for the name and the condition; unknown does not start', () => {
    const reaction = compiled();
    expect(starts(reaction, event({ price: 20 }), shopper(), now)).toBe(true);
    expect(starts(reaction, event({ price: 5 }), shopper(), now)).toBe(false);
    expect(starts(reaction, event({}), shopper(), now)).toBe(false);
    expect(starts(reaction, { ...event({ price: 20 }), name: 'Product Viewed' }, shopper(), now)).toBe(false);
  });

  it('leaves rows of files alone that are older than a day, and whatever is older than it wants', () => {
    const day = 86_400_000;
    const begins = (on: object, age: number, imported: boolean) =>
      starts(
        compiled({ on: { event: 'Product Added', ...on } }),
        event({}, { age, imported }),
        shopper(),
        now,
      );
    expect([begins({}, day, true), begins({}, day + 1, true)]).toEqual([true, false]);
    expect(begins({}, 400 * day, false)).toBe(true);
    expect([begins({ within: 'P7D' }, 7 * day, true), begins({ within: 'P7D' }, 7 * day + 1, true)]).toEqual([
      ...[true, false],
    ]);
    expect([begins({ within: '1h' }, day / 24, false), begins({ within: '1h' }, day, false)]).toEqual([
      ...[true, false],
    ]);
  });
});

describe('heldBack', () => {
  const due = { triggeredAt: now.getTime() - 3_600_000 };

  it('goes ahead when nothing speaks against it', () =>
    expect(heldBack(compiled(), due, shopper(), now)).toBeUndefined());

  it('is called off by the other event, when that came after', () => {
    const bought = (at: number) => shopper({ events: { 'Order Completed': happened(at) } });
    expect(heldBack(compiled(), due, bought(due.triggeredAt + 1), now)).toMatch(/Order Completed/);
    expect(heldBack(compiled(), due, bought(due.triggeredAt - 1), now)).toBeUndefined();
  });

  it('asks its condition when due', () => {
    expect(heldBack(compiled(), due, shopper({ computed: { cart_items: 0 } }), now)).toMatch(/does not hold/);
    expect(heldBack(compiled(), due, shopper({ computed: {} }), now)).toMatch(/unknown/);
  });

  it('goes ahead once per person within the time', () => {
    const day = 86_400_000;
    expect(heldBack(compiled(), { ...due, lastFiredAt: now.getTime() - day + 1 }, shopper(), now)).toMatch(
      /before/,
    );
    expect(
      heldBack(compiled(), { ...due, lastFiredAt: now.getTime() - day }, shopper(), now),
    ).toBeUndefined();
  });
});
