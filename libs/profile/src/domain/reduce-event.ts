import { changeCart, clearCart } from './cart.js';
import { reduceDerived } from './derived-traits.js';
import type { CartChange, EventCounter, GoldenRecord } from './golden-record.js';
import { eventName, object, type RecordEvent } from './record-event.js';
import { survivingConsent } from './survivorship.js';
import type { TraitBook } from './trait-book.js';

const MAX_CONSENTS = 200;
const MAX_EVENT_NAMES = 300;

/** Brings one event into a golden record, in place. Reducers commute over (event time, id). */
export function reduceEvent(record: GoldenRecord, event: RecordEvent, book: TraitBook): void {
  record.firstSeen = Math.min(record.firstSeen, event.occurredAt);
  record.lastSeen = Math.max(record.lastSeen, event.occurredAt);
  countEvent(record, event);
  reduceDerived(record, event, book);
  reduceConsents(record, event);
  if (event.type === 'track') reduceCart(record, event);
}

function countEvent(record: GoldenRecord, event: RecordEvent): void {
  const name = eventName(event);
  if (name === null) return;
  const held = Object.hasOwn(record.events, name) ? record.events[name] : undefined;
  if (!held && Object.keys(record.events).length >= MAX_EVENT_NAMES) return;
  record.events[name] = mergedCounter(held, { count: 1, first: event.occurredAt, last: event.occurredAt });
}

export function mergedCounter(a: EventCounter | undefined, b: EventCounter): EventCounter {
  if (!a) return b;
  return { count: a.count + b.count, first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/**
 * `context.consent.categoryPreferences` (Segment consent spec) sets consent to data use;
 * `Email Unsubscribed` and `Email Resubscribed` style events set the opt-in to a channel.
 */
function reduceConsents(record: GoldenRecord, event: RecordEvent): void {
  const consent = object(object(event.payload['context'])['consent']);
  for (const [category, allowed] of Object.entries(object(consent['categoryPreferences']))) {
    if (typeof allowed === 'boolean') setConsent(record, event, `data:${category}`, allowed);
  }
  if (event.type !== 'track') return;
  const channel = /^(Email|Sms) (Unsubscribed|Resubscribed|Subscribed)$/.exec(event.name ?? '');
  if (channel?.[1]) setConsent(record, event, channel[1].toLowerCase(), channel[2] !== 'Unsubscribed');
}

function setConsent(record: GoldenRecord, event: RecordEvent, key: string, granted: boolean): void {
  if (key.length > 200 || Object.keys(record.consents).length >= MAX_CONSENTS) return;
  record.consents[key] = survivingConsent(record.consents[key], {
    status: granted ? 'granted' : 'denied',
    at: event.occurredAt,
    eventId: event.id,
    source: event.source,
  });
}

function reduceCart(record: GoldenRecord, event: RecordEvent): void {
  if (event.name === 'Order Completed' || event.name === 'Cart Cleared') {
    record.cart = clearCart(record.cart, event.occurredAt);
  } else if (event.name === 'Product Added' || event.name === 'Product Removed') {
    const change = cartChange(event, event.name === 'Product Added' ? 1 : -1);
    if (change) record.cart = changeCart(record.cart, change);
  }
}

function cartChange(event: RecordEvent, sign: 1 | -1): CartChange | undefined {
  const properties = object(event.payload['properties']);
  const product = properties['product_id'] ?? properties['sku'];
  if (typeof product !== 'string' && typeof product !== 'number') return undefined;
  const quantity = Number(properties['quantity'] ?? 1);
  const price = Number(properties['price'] ?? 0);
  return {
    at: event.occurredAt,
    id: event.id,
    product: String(product).slice(0, 200),
    quantity: sign * (Number.isFinite(quantity) && quantity > 0 ? Math.min(quantity, 1e6) : 1),
    price: Number.isFinite(price) ? price : 0,
    ...(typeof properties['name'] === 'string' && { name: properties['name'].slice(0, 200) }),
  };
}
