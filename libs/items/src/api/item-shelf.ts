import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Housekeeping } from '@repartee/platform';
import { Shelf } from '../domain/index.js';
import { type ItemChange, ItemStore } from '../persistence/index.js';
import { Items } from './items.js';

/** Milliseconds between looks for what other processes were told. */
const LOOK = 1000;
const PAGE = 5000;
/** Before all changes. */
const START: ItemChange = { revision: 0, id: '' };

/** Items in memory, so that decisions ask no database. Changes made here show at once, those of other processes within about a second. */
@Injectable()
export class ItemShelf implements OnModuleInit {
  readonly shelf = new Shelf();
  private seen = START;
  private following: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ItemStore) private readonly store: ItemStore,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Items) items: Items,
  ) {
    items.follow(() => this.refresh());
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.housekeeping.every(LOOK, 'looking for changed items', () => this.refresh());
  }

  /** Takes over what was told before the call. */
  refresh(): Promise<void> {
    // What began before may have read too early: it is waited for, and then looked again.
    const next = this.following.catch(() => undefined).then(() => this.catchUp());
    this.following = next;
    return next;
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const rows = await this.store.changedAfter(this.seen, PAGE);
      for (const { id, doc } of rows) {
        if (doc) this.shelf.put(doc);
        else this.shelf.remove(id);
      }
      const last = rows.at(-1);
      if (last) this.seen = { revision: last.revision, id: last.id };
      if (rows.length < PAGE) return;
    }
  }
}
