import { Module } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ItemKeeper } from './api/item-keeper.js';
import { ItemsController } from './api/items.controller.js';
import { ItemShelf } from './api/item-shelf.js';
import { Items } from './api/items.js';
import { RecommendationSettingsController } from './api/recommendation-settings.controller.js';
import { Recommendations } from './api/recommendations.js';
import { ItemStore, RecommendationStore } from './persistence/index.js';

/** What is sold, and what of it to recommend. Wants `Database` and `Clock` to be global. */
@Module({
  imports: [HousekeepingModule],
  controllers: [ItemsController, RecommendationSettingsController],
  providers: [ItemKeeper, Items, ItemShelf, ItemStore, Recommendations, RecommendationStore],
  exports: [Items, ItemShelf, Recommendations],
})
export class ItemsModule {}
