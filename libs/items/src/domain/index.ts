export { isAvailable, shortageOf, type Supply, supplyOf } from './availability.js';
export {
  categorySchema,
  type Item,
  itemIdSchema,
  itemSchema,
  patchItem,
  STEP,
  type StoredItem,
  storedItemSchema,
} from './item-schema.js';
export { type ShownItem, shownItem } from './shown-item.js';
export { Shelf, type ShelvedItem } from './shelf.js';
export * from './recommend/index.js';
export { MOST_ITEMS, type ReadItems, readItems, type RejectedItem, type ToldItem } from './read-items.js';
