import type { Shelf, ShownItem } from '@repartee/items/domain';
import { shownItem } from '@repartee/items/domain';
import type { Evaluation } from '../domain/index.js';

/** What content shows of items. */
export interface ShownItems extends Record<string, unknown> {
  /** The item the offer proposes. */
  item?: ShownItem;
  /** The items it is filled with. */
  items?: ShownItem[];
}

/** The items of an offer, for its content; undefined of an offer that speaks of none. */
export function shownItems({ offer, picked }: Evaluation, shelf: Shelf): ShownItems | undefined {
  if (offer.items === null) return undefined;
  const read = (id: string): ShownItem[] => {
    const item = shelf.read(id);
    return item ? [shownItem(item)] : [];
  };
  const [item] = offer.items.item === null ? [] : read(offer.items.item);
  return { ...(item && { item }), ...(picked && { items: picked.items.flatMap(read) }) };
}
