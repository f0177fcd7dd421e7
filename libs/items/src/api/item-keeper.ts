import { Inject, Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@repartee/platform';
import { ItemStore } from '../persistence/index.js';

const HOUR = 3_600_000;

/** Keeps the tables of items small. */
@Injectable()
export class ItemKeeper {
  constructor(
    @Inject(Housekeeping) housekeeping: Housekeeping,
    @Inject(ItemStore) store: ItemStore,
    @Inject(Clock) clock: Clock,
  ) {
    housekeeping.every(HOUR, 'removed items', () => store.tidy(clock.now() - HOUR));
  }
}
