export { ItemShelf } from './api/item-shelf.js';
export { Items } from './api/items.js';
export { Recommendations } from './api/recommendations.js';
export { ItemsModule } from './items.module.js';
export { itemsEntities, itemsMigrations } from './persistence/index.js';
