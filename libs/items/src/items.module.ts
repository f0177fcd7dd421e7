import { Module } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ItemKeeper } from './api/item-keeper.js';
import { ItemsController } from './api/items.controller.js';
import { ItemShelf } from './api/item-shelf.js';
import { Items } from './api/items.js';
import { ItemStore } from './persistence/index.js';

/** What is sold. Wants `Database` and `Clock` to be global. */
@Module({
  imports: [HousekeepingModule],
  controllers: [ItemsController],
  providers: [ItemKeeper, Items, ItemShelf, ItemStore],
  exports: [Items, ItemShelf],
})
export class ItemsModule {}
