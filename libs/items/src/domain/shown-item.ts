import type { Item } from './item-schema.js';

/** An item as channels show it: how many there are, and until when, is the shop's affair. */
export type ShownItem = Omit<Item, 'stock' | 'availableFrom' | 'availableUntil'>;

export function shownItem(item: Item): ShownItem {
  const { stock: _stock, availableFrom: _from, availableUntil: _until, ...shown } = item;
  return shown;
}
