import { CreateItems1790000000650 } from './create-items.migration.js';
import { ItemEntity, ItemState } from './items.entities.js';
import { ItemCount, ItemPair, ItemSignals, RecommendationState } from './recommendations.entities.js';
import { Recommendations1790000000660 } from './recommendations.migration.js';

export { type ItemChange, type ItemRow, ItemStore, type KeptItem, type Upserted } from './item-store.js';
export {
  type CountChange,
  type CountedItem,
  type CountsState,
  RecommendationStore,
} from './recommendation-store.js';

/** The tables of items. */
export const itemsEntities = [ItemCount, ItemEntity, ItemPair, ItemSignals, ItemState, RecommendationState];

/** The migrations that make them. */
export const itemsMigrations = [CreateItems1790000000650, Recommendations1790000000660];
