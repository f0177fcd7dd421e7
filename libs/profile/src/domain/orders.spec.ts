import fc from 'fast-check';
import type { OrderTotal } from './golden-record.js';
import {
  adjustTotals,
  applyOrderFact,
  mergeOrders,
  type OrderFact,
  orderFact,
  type OrderState,
} from './orders.js';

type Totals = Record<string, OrderTotal>;

/** One person's orders, counted as the golden record does. */
class Ledger {
  totals: Totals = {};
  private readonly orders = new Map<string, OrderState>();

  count(fact: OrderFact): void {
    this.put(fact.orderId, applyOrderFact(this.orders.get(fact.orderId), fact));
  }

  takeIn(other: Ledger): void {
    for (const [id, theirs] of other.orders) {
      const held = this.orders.get(id);
      this.put(id, held ? mergeOrders(held, theirs) : theirs);
    }
  }

  private put(id: string, after: OrderState): void {
    this.totals = adjustTotals(this.totals, this.orders.get(id), after);
    this.orders.set(id, after);
  }
}

const counted = (facts: OrderFact[]): Totals => {
  const ledger = new Ledger();
  for (const fact of facts) ledger.count(fact);
  return ledger.totals;
};

const CURRENCIES: Record<string, string> = { a: 'USD', b: 'EUR', c: 'JPY', d: 'KWD' };
const facts = fc
  .array(
    fc.record({
      kind: fc.constantFrom<OrderFact['kind']>('completed', 'completed', 'refunded', 'refunded', 'cancelled'),
      orderId: fc.constantFrom('a', 'b', 'c', 'd'),
      amount: fc.integer({ min: 0, max: 100 }),
      at: fc.integer({ min: 0, max: 3 }),
      states: fc.boolean(),
    }),
    { maxLength: 15 },
  )
  .map((drawn) =>
    drawn.map(({ kind, orderId, amount, at, states }, index): OrderFact => {
      const currency = CURRENCIES[orderId] ?? '';
      const event = {
        id: `e${String(index).padStart(2, '0')}`,
        name: { completed: 'Order Completed', refunded: 'Order Refunded', cancelled: 'Order Cancelled' }[
          kind
        ],
        occurredAt: at,
        // Only what completes an order must say its currency.
        properties: {
          order_id: orderId,
          total: amount,
          ...((states || kind === 'completed') && { currency }),
        },
      };
      return orderFact(event)!;
    }),
  );
const shuffled = facts.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
);

describe('orders', () => {
  it('come to the same totals in whatever order their events arrive', () => {
    fc.assert(fc.property(shuffled, ([all, mixed]) => expect(counted(mixed)).toEqual(counted(all))));
  });

  it('come to the same totals when two profiles turn out to be one person, whenever that is', () => {
    const split = fc.tuple(shuffled, fc.array(fc.boolean(), { minLength: 15, maxLength: 15 }), fc.nat(15));
    fc.assert(
      fc.property(split, ([[all, mixed], sides, moment]) => {
        const [ours, theirs] = [new Ledger(), new Ledger()];
        mixed.slice(0, moment).forEach((fact, index) => (sides[index] ? ours : theirs).count(fact));
        ours.takeIn(theirs);
        for (const fact of mixed.slice(moment)) ours.count(fact);
        expect(ours.totals).toEqual(counted(all));
      }),
    );
  });

  it('count once when both profiles have them', () => {
    const [order] = [
      orderFact({
        id: 'e1',
        name: 'Order Completed',
        occurredAt: 1,
        properties: { order_id: 7, revenue: '12.34', currency: 'eur' },
      })!,
    ];
    const [ours, theirs] = [new Ledger(), new Ledger()];
    ours.count(order);
    theirs.count({ ...order, eventId: 'e2' });
    ours.takeIn(theirs);
    expect(ours.totals).toEqual({ EUR: { count: 1, total: 1234 } });
  });

  it.each([
    [{ order_id: 'x', total: 10, revenue: 9 }, 1000],
    [{ order_id: 'x', revenue: 9 }, 900],
    [{ order_id: 'x', total: '19.99' }, 1999],
    [{ order_id: 'x', total: 1.005 }, 101],
    [{ order_id: 'x', total: -5 }, 500],
    [{ order_id: 'x', total: 'free' }, 0],
    [{ order_id: 'x', total: null }, 0],
    [{ order_id: 'x', total: 1e300 }, 1e14],
    [{ order_id: 'x', total: 500, currency: 'JPY' }, 500],
    [{ order_id: 'x', total: 1.234, currency: 'KWD' }, 1234],
    [{ order_id: 'x', total: 5, currency: 'dollars' }, 500],
  ])('read %j as %d', (properties, amount) => {
    expect(orderFact({ id: 'e', name: 'Order Completed', occurredAt: 0, properties })?.amount).toBe(amount);
  });

  it('are none without an id, or by another name', () => {
    const read = (name: string, properties: Record<string, unknown>) =>
      orderFact({ id: 'e', name, occurredAt: 0, properties });
    for (const order_id of [undefined, null, '', {}, [], true])
      expect(read('Order Completed', { order_id })).toBeUndefined();
    expect(read('Product Added', { order_id: 'x' })).toBeUndefined();
  });
});
