import type { RecordEvent } from './record-event.js';
import { object } from './record-event.js';

/** Items with the event time they were last met at, milliseconds since the epoch; the latest first. */
export type ItemTimes = readonly (readonly [item: string, at: number])[];

/** How a person meets an item. */
export type ItemEncounter = 'viewed' | 'added' | 'bought';

/** The items a person met lately. Absent where there are none. */
export type ItemMemory = Readonly<Partial<Record<ItemEncounter, ItemTimes>>>;

/** Of each kind so many items are remembered: those met last. */
export const ITEMS_REMEMBERED: Readonly<Record<ItemEncounter, number>> = {
  viewed: 30,
  added: 20,
  bought: 50,
};

const ENCOUNTERS: Readonly<Record<string, ItemEncounter>> = {
  'Product Viewed': 'viewed',
  'Product Added': 'added',
  'Order Completed': 'bought',
};
const MOST_PRODUCTS = 200;
const MOST_LETTERS = 200;

/** The items an event speaks of, and how they were met. */
export interface MetItems {
  encounter: ItemEncounter;
  /** Each once. */
  items: string[];
}

/** Reads an event of Segment's ecommerce spec; undefined when it tells of no item. */
export function metItems({ type, name, payload }: RecordEvent): MetItems | undefined {
  if (type !== 'track' || name === null || !Object.hasOwn(ENCOUNTERS, name)) return undefined;
  const encounter = ENCOUNTERS[name]!;
  const properties = object(payload['properties']);
  const listed = encounter === 'bought' ? properties['products'] : [properties];
  if (!Array.isArray(listed)) return undefined;
  const items = new Set<string>();
  for (const one of listed.slice(0, MOST_PRODUCTS)) {
    const id = itemOf(object(one));
    if (id !== undefined) items.add(id);
  }
  return items.size === 0 ? undefined : { encounter, items: [...items] };
}

function itemOf(product: Record<string, unknown>): string | undefined {
  const id = product['product_id'] ?? product['sku'];
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  return id === '' ? undefined : String(id).slice(0, MOST_LETTERS);
}

/** What is remembered after an event. The latest times of the latest items: whatever the order of arrival, the same. */
export function rememberItems(
  memory: ItemMemory | undefined,
  { encounter, items }: MetItems,
  at: number,
): ItemMemory {
  const met = items.map((item) => [item, at] as const);
  return { ...memory, [encounter]: latest(memory?.[encounter] ?? [], met, ITEMS_REMEMBERED[encounter]) };
}

/** What two records remember that turn out to be one person's. */
export function mergeItemMemories(
  a: ItemMemory | undefined,
  b: ItemMemory | undefined,
): ItemMemory | undefined {
  if (!a || !b) return a ?? b;
  const merged: Partial<Record<ItemEncounter, ItemTimes>> = {};
  for (const encounter of ['viewed', 'added', 'bought'] as const) {
    const times = latest(a[encounter] ?? [], b[encounter] ?? [], ITEMS_REMEMBERED[encounter]);
    if (times.length > 0) merged[encounter] = times;
  }
  return merged;
}

function latest(a: ItemTimes, b: ItemTimes, most: number): ItemTimes {
  const times = new Map(a);
  for (const [item, at] of b) times.set(item, Math.max(at, times.get(item) ?? at));
  return [...times].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).slice(0, most);
}
