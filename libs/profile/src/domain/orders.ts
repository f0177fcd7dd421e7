import type { OrderTotal } from './golden-record.js';
import { inCurrency, toMinor } from './money.js';

/** What is kept of one order, in the smallest unit of its currency. */
export interface OrderState {
  orderId: string;
  currency: string;
  /** Null until its `Order Completed` arrives: a refund may come first. */
  amount: number | null;
  refunded: number;
  cancelled: boolean;
  /** Event time and id of the amount that counts. */
  at: number;
  eventId: string;
}

/** What one event says of an order. */
export interface OrderFact {
  kind: 'completed' | 'refunded' | 'cancelled';
  orderId: string;
  currency: string;
  amount: number;
  at: number;
  eventId: string;
}

const KINDS: Readonly<Record<string, OrderFact['kind']>> = {
  'Order Completed': 'completed',
  'Order Updated': 'completed',
  'Order Refunded': 'refunded',
  'Order Cancelled': 'cancelled',
};

const DEFAULT_CURRENCY = 'USD';

function amountOf(properties: Record<string, unknown>): number {
  for (const name of ['total', 'revenue', 'value', 'subtotal']) {
    const amount = Number(properties[name] ?? Number.NaN);
    if (properties[name] !== null && properties[name] !== '' && Number.isFinite(amount)) return amount;
  }
  return 0;
}

/**
 * Reads an order event of Segment's ecommerce spec. `total` counts, else `revenue`.
 * @returns undefined when the event is none, or names no order
 */
export function orderFact(event: {
  id: string;
  name: string | null;
  occurredAt: number;
  properties: Record<string, unknown>;
}): OrderFact | undefined {
  const kind = event.name === null ? undefined : KINDS[event.name];
  const orderId = event.properties['order_id'] ?? event.properties['orderId'];
  if (!kind || (typeof orderId !== 'string' && typeof orderId !== 'number') || orderId === '')
    return undefined;
  const stated = event.properties['currency'];
  const currency =
    typeof stated === 'string' && /^[A-Za-z]{3}$/.test(stated) ? stated.toUpperCase() : DEFAULT_CURRENCY;
  return {
    kind,
    orderId: String(orderId).slice(0, 200),
    currency,
    amount: toMinor(Math.min(Math.abs(amountOf(event.properties)), 1e12), currency),
    at: event.occurredAt,
    eventId: event.id,
  };
}

/** Brings one fact into an order. Facts commute: the latest amount counts, refunds add up, a cancellation stays. */
export function applyOrderFact(order: OrderState | undefined, fact: OrderFact): OrderState {
  const state = order ?? {
    orderId: fact.orderId,
    currency: fact.currency,
    amount: null,
    refunded: 0,
    cancelled: false,
    at: 0,
    eventId: '',
  };
  if (fact.kind === 'cancelled') return { ...state, cancelled: true };
  if (fact.kind === 'refunded') {
    // A refund is in its order's currency, whatever it states: many state none.
    return { ...state, refunded: state.refunded + inCurrency(fact.amount, fact.currency, state.currency) };
  }
  const newer =
    state.amount === null || fact.at > state.at || (fact.at === state.at && fact.eventId > state.eventId);
  if (!newer) return state;
  const { currency, amount, at, eventId } = fact;
  return {
    ...state,
    currency,
    amount,
    refunded: inCurrency(state.refunded, state.currency, currency),
    at,
    eventId,
  };
}

/** What one order adds to a person's totals. */
export function contribution(order: OrderState | undefined): {
  currency: string;
  count: number;
  total: number;
} {
  if (!order || order.amount === null || order.cancelled)
    return { currency: order?.currency ?? '', count: 0, total: 0 };
  return { currency: order.currency, count: 1, total: order.amount - Math.min(order.refunded, order.amount) };
}

/** Replaces what an order contributed. */
export function adjustTotals(
  totals: Record<string, OrderTotal>,
  before: OrderState | undefined,
  after: OrderState | undefined,
): Record<string, OrderTotal> {
  const next = { ...totals };
  const add = (order: OrderState | undefined, sign: 1 | -1) => {
    const { currency, count, total } = contribution(order);
    if (count === 0) return;
    const held = next[currency] ?? { count: 0, total: 0 };
    next[currency] = { count: held.count + sign * count, total: held.total + sign * total };
  };
  add(before, -1);
  add(after, 1);
  return Object.fromEntries(Object.entries(next).filter(([, held]) => held.count !== 0 || held.total !== 0));
}

/** What the orders that facts speak of come to, by currency. */
export function totalsOf(facts: readonly OrderFact[]): Record<string, OrderTotal> {
  const orders = new Map<string, OrderState>();
  for (const fact of facts) orders.set(fact.orderId, applyOrderFact(orders.get(fact.orderId), fact));
  return [...orders.values()].reduce<Record<string, OrderTotal>>(
    (totals, order) => adjustTotals(totals, undefined, order),
    {},
  );
}

/** Two records of the same order on two profiles that turn out to be one person. */
export function mergeOrders(a: OrderState, b: OrderState): OrderState {
  const [newer, older] =
    a.at !== b.at ? (a.at > b.at ? [a, b] : [b, a]) : a.eventId > b.eventId ? [a, b] : [b, a];
  const known = newer.amount === null ? older : newer;
  const refunded = [a, b].reduce(
    (sum, order) => sum + inCurrency(order.refunded, order.currency, known.currency),
    0,
  );
  return { ...known, refunded, cancelled: a.cancelled || b.cancelled };
}
