import { changeCart, clearCart } from './cart.js';
import { noteContact } from './contact-history.js';
import { reduceConsents } from './consents/reduce-consents.js';
import { reduceDerived } from './derived-traits.js';
import type { CartChange, EventCounter, FirstDevice, GoldenRecord } from './golden-record.js';
import { metItems, rememberItems } from './item-memory.js';
import { eventName, isOurOwn, object, type RecordEvent } from './record-event.js';
import type { TraitBook } from './trait-book.js';

const MAX_EVENT_NAMES = 300;

/** Brings one event into a golden record, in place. Reducers commute over (event time, id). */
export function reduceEvent(record: GoldenRecord, event: RecordEvent, book: TraitBook): void {
  countEvent(record, event);
  reduceDerived(record, event, book);
  reduceConsents(record, event);
  if (event.type === 'track') {
    reduceCart(record, event);
    reduceItems(record, event);
  }
  if (event.type === 'contact') reduceContact(record, event);
}

function countEvent(record: GoldenRecord, event: RecordEvent): void {
  const name = eventName(event);
  if (name === null || isOurOwn(event.type)) return;
  record.firstSeen = Math.min(record.firstSeen, event.occurredAt);
  record.lastSeen = Math.max(record.lastSeen, event.occurredAt);
  noteDevice(record, event);
  const held = Object.hasOwn(record.events, name) ? record.events[name] : undefined;
  if (!held && Object.keys(record.events).length >= MAX_EVENT_NAMES) return;
  record.events[name] = mergedCounter(held, { count: 1, first: event.occurredAt, last: event.occurredAt });
}

function noteDevice(record: GoldenRecord, { occurredAt, payload }: RecordEvent): void {
  const { anonymousId } = payload;
  if (typeof anonymousId !== 'string' || anonymousId === '') return;
  record.device = earlierDevice(record.device, { anonymousId, at: occurredAt });
}

/** The one that was seen first; of two seen at once the first by id. */
export function earlierDevice(a: FirstDevice | undefined, b: FirstDevice): FirstDevice {
  return a && (a.at < b.at || (a.at === b.at && a.anonymousId <= b.anonymousId)) ? a : b;
}

export function mergedCounter(a: EventCounter | undefined, b: EventCounter): EventCounter {
  if (!a) return b;
  return { count: a.count + b.count, first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/** What we did without being asked: `payload` is the contact. */
function reduceContact(record: GoldenRecord, { payload, occurredAt }: RecordEvent): void {
  const { offer, channel } = payload;
  if (typeof offer !== 'string' || typeof channel !== 'string') return;
  record.contacts = noteContact(record.contacts, { offer, channel, outcome: 'sent', at: occurredAt });
}

function reduceItems(record: GoldenRecord, event: RecordEvent): void {
  const met = metItems(event);
  if (met) record.items = rememberItems(record.items, met, event.occurredAt);
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
