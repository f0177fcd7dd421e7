import { changeCart, clearCart } from './cart.js';
import type { CartChange, EventCounter, GoldenRecord, TraitEntry } from './golden-record.js';
import { survivingConsent, survivingTrait } from './survivorship.js';

/** An event as the golden record sees it. */
export interface RecordEvent {
  id: string;
  type: string;
  name: string | null;
  source: string;
  verified: boolean;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  payload: Record<string, unknown>;
}

const MAX_TRAITS = 200;
const MAX_EVENT_NAMES = 300;

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Brings one event into a golden record, in place. Reducers commute over (event time, id). */
export function reduceEvent(record: GoldenRecord, event: RecordEvent): void {
  record.firstSeen = Math.min(record.firstSeen, event.occurredAt);
  record.lastSeen = Math.max(record.lastSeen, event.occurredAt);
  countEvent(record, event);
  reduceTraits(record, event);
  reduceConsents(record, event);
  if (event.type === 'track') reduceCart(record, event);
}

function countEvent(record: GoldenRecord, event: RecordEvent): void {
  const name = event.type === 'track' || event.type === 'response' ? event.name : event.type;
  if (name === null) return;
  const held = Object.hasOwn(record.events, name) ? record.events[name] : undefined;
  if (!held && Object.keys(record.events).length >= MAX_EVENT_NAMES) return;
  record.events[name] = mergedCounter(held, { count: 1, first: event.occurredAt, last: event.occurredAt });
}

export function mergedCounter(a: EventCounter | undefined, b: EventCounter): EventCounter {
  if (!a) return b;
  return { count: a.count + b.count, first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

function traitsOf(event: RecordEvent): Record<string, unknown> {
  const context = object(event.payload['context']);
  const seen: Record<string, unknown> = {};
  if (typeof context['locale'] === 'string') seen['locale'] = context['locale'];
  if (typeof context['timezone'] === 'string') seen['time_zone'] = context['timezone'];
  if (event.type === 'group' && event.payload['groupId'] !== undefined)
    seen['group_id'] = event.payload['groupId'];
  return {
    ...seen,
    ...object(context['traits']),
    ...(event.type === 'identify' ? object(event.payload['traits']) : {}),
  };
}

function reduceTraits(record: GoldenRecord, event: RecordEvent): void {
  for (const [name, value] of Object.entries(traitsOf(event))) {
    if (value === undefined || value === null || name.length > 200) continue;
    const held = Object.hasOwn(record.traits, name) ? record.traits[name] : undefined;
    if (!held && Object.keys(record.traits).length >= MAX_TRAITS) continue;
    const entry: TraitEntry = {
      value,
      at: event.occurredAt,
      eventId: event.id,
      source: event.source,
      verified: event.verified,
    };
    record.traits[name] = survivingTrait(held, entry);
  }
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
  if (key.length > 200 || Object.keys(record.consents).length >= MAX_TRAITS) return;
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
