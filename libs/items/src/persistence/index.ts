import { CreateItems1790000000650 } from './create-items.migration.js';
import { ItemEntity, ItemState } from './items.entities.js';

export { type ItemChange, type ItemRow, ItemStore, type KeptItem, type Upserted } from './item-store.js';

/** The tables of items. */
export const itemsEntities = [ItemEntity, ItemState];

/** The migrations that make them. */
export const itemsMigrations = [CreateItems1790000000650];
