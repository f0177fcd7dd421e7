import type { ContactHistory } from './contact-history.js';
import { cartLines } from './cart.js';
import { readComputed } from './computed/computed-state.js';
import type { GoldenRecord, OfferMemory, OrderTotal } from './golden-record.js';
import type { ItemMemory } from './item-memory.js';
import { fromMinor } from './money.js';
import { segmentsOf } from './segment.js';
import type { TraitBook } from './trait-book.js';
import type { TraitEntry } from './traits/surviving-trait.js';

/** How often something happened, as rules and templates see it. */
export interface EventSummary {
  count: number;
  first: Date;
  last: Date;
}

/** What a person did with an offer, as rules see it. */
export interface OfferSummary extends Omit<OfferMemory, 'lastAt'> {
  lastAt: Date | null;
}

/** `profile` in rules and templates: plain values, no lineage. Never changed once built. */
export interface ProfileView {
  id: string | null;
  /** Something beside a device's anonymous id is known. */
  known: boolean;
  traits: Record<string, unknown>;
  computed: Record<string, unknown>;
  events: Record<string, EventSummary>;
  offers: Record<string, OfferSummary>;
  consents: Record<string, string>;
  preferences: Record<string, unknown>;
  segments: string[];
  /** When offers were met lately, for contact policies; rules do not see it. */
  contacts?: ContactHistory;
  /** The items met lately, for recommendations; rules do not see it. */
  items?: ItemMemory;
}

function mapValues<A, B>(source: Record<string, A>, to: (value: A) => B): Record<string, B> {
  const mapped: Record<string, B> = {};
  for (const key of Object.keys(source)) mapped[key] = to(source[key] as A);
  return mapped;
}

/** The currency most orders are in; the alphabet breaks ties. */
function mainCurrency(orders: Record<string, OrderTotal>): string | undefined {
  return Object.keys(orders).sort(
    (a, b) => (orders[b]?.count ?? 0) - (orders[a]?.count ?? 0) || (a < b ? -1 : 1),
  )[0];
}

/** The values of declared computed traits, of those the record is complete for. What cannot be told is left out. */
function declaredTraits(record: GoldenRecord, book: TraitBook, now: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const trait of book.computed) {
    if (trait.revision > (record.book ?? 0)) continue;
    const value = readComputed(record.computed?.[trait.key], trait, now);
    if (value !== undefined) values[trait.key] = value;
  }
  return values;
}

/** Traits or preferences without those that were taken back. */
export function standing(traits: Record<string, TraitEntry>): Record<string, TraitEntry> {
  const entries = Object.entries(traits);
  return entries.every(([, entry]) => entry.value !== null)
    ? traits
    : Object.fromEntries(entries.filter(([, entry]) => entry.value !== null));
}

export function standingValues(traits: Record<string, TraitEntry>): Record<string, unknown> {
  return mapValues(standing(traits), (entry) => entry.value);
}

/**
 * Computed traits: those declared, `orders_count` over all currencies, `orders_total` in `orders_currency`, and the
 * rest by currency.
 * @param now milliseconds since the epoch: rolling windows end here
 */
export function computedTraits(record: GoldenRecord, book: TraitBook, now: number): Record<string, unknown> {
  const currency = mainCurrency(record.orders);
  const main = currency === undefined ? undefined : record.orders[currency];
  const lines = cartLines(record.cart);
  const last = record.events['Order Completed']?.last;
  return {
    ...declaredTraits(record, book, now),
    orders_count: Object.values(record.orders).reduce((sum, held) => sum + held.count, 0),
    orders_total: currency && main ? fromMinor(main.total, currency) : 0,
    orders_currency: currency ?? null,
    orders_by_currency: Object.fromEntries(
      Object.entries(record.orders).map(([code, held]) => [
        code,
        { count: held.count, total: fromMinor(held.total, code) },
      ]),
    ),
    ...(last !== undefined && { last_order_at: new Date(last) }),
    cart_items: lines.reduce((sum, line) => sum + line.quantity, 0),
    cart_value: Math.round(lines.reduce((sum, line) => sum + line.quantity * line.price, 0) * 100) / 100,
    cart_products: lines,
    first_seen: new Date(record.firstSeen),
    last_seen: new Date(record.lastSeen),
  };
}

function offerSummary(memory: OfferMemory): OfferSummary {
  return { ...memory, lastAt: memory.lastAt === null ? null : new Date(memory.lastAt) };
}

/** @param now milliseconds since the epoch */
export function viewOf(record: GoldenRecord, book: TraitBook, now: number): ProfileView {
  const view: ProfileView = {
    id: record.id,
    known: record.identifiers.some((held) => held.namespace !== 'anonymous_id'),
    traits: standingValues(record.traits),
    computed: computedTraits(record, book, now),
    events: mapValues(record.events, ({ count, first, last }) => ({
      count,
      first: new Date(first),
      last: new Date(last),
    })),
    offers: mapValues(record.offers, offerSummary),
    consents: mapValues(record.consents, (consent) => consent.status),
    preferences: standingValues(record.preferences ?? {}),
    segments: [],
    ...(record.contacts && { contacts: record.contacts }),
    ...(record.items && { items: record.items }),
  };
  view.segments = segmentsOf(view, book.segments, now);
  return view;
}

/** @param now milliseconds since the epoch */
export function segmentsIn(record: GoldenRecord, book: TraitBook, now: number): string[] {
  return book.segments.length === 0 ? [] : viewOf(record, book, now).segments;
}

/** Somebody of whom nothing is known: served all the same. */
export const STRANGER: ProfileView = Object.freeze({
  id: null,
  known: false,
  traits: {},
  computed: { orders_count: 0, orders_total: 0, cart_items: 0, cart_value: 0, cart_products: [] },
  events: {},
  offers: {},
  consents: {},
  preferences: {},
  segments: [],
});
