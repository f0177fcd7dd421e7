import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { type Item, patchItem, readItems, type StoredItem } from '../domain/index.js';
import { ItemStore, type KeptItem, type Upserted } from '../persistence/index.js';

/** Called once items have changed for good, in this process; the change's answer waits for it. */
export type ItemsChanged = () => Promise<void>;

/** The catalogue of items: what the shop last said of each. */
@Injectable()
export class Items {
  private readonly followers: ItemsChanged[] = [];

  constructor(
    private readonly store: ItemStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Hears of every change this process makes. */
  follow(follower: ItemsChanged): void {
    this.followers.push(follower);
  }

  /** Takes items as they are told: new ones are added, those that are there replaced. All of them, or none. */
  upsert(items: readonly Item[]): Promise<Upserted> {
    return this.change((tx) => this.store.upsert(tx, items, this.clock.now()));
  }

  async get(id: string): Promise<Result<StoredItem>> {
    const row = await this.store.find(id);
    return row ? ok(storedOf(row)) : notFound(id);
  }

  async list(page: {
    cursor: string;
    limit: number;
    category: string | null;
  }): Promise<{ items: StoredItem[]; nextCursor: string | null }> {
    const found = await this.store.list(page.cursor, page.limit + 1, page.category);
    const rows = found.slice(0, page.limit);
    return {
      items: rows.map(storedOf),
      nextCursor: found.length > page.limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  /** Replaces an item of which the caller has seen `version`. Fails with ITEM.NOT_FOUND or HTTP.PRECONDITION_FAILED. */
  replace(item: Item, version: number): Promise<Result<StoredItem>> {
    return this.edit(item.id, version, () => ok(item));
  }

  /** Changes some members of an item: a merge patch (RFC 7396). @param version what the caller has seen, if it says so */
  patch(id: string, patch: Record<string, unknown>, version: number | null): Promise<Result<StoredItem>> {
    return this.edit(id, version, (held) => {
      const { items, rejected } = readItems([{ value: patchItem(held, patch) }]);
      const errors = rejected[0]?.errors.map((one) => ({
        ...one,
        pointer: one.pointer.replace(/^#\/0/, '#'),
      }));
      if (items[0] && items[0].id === id) return ok(items[0]);
      const wrong = errors ?? [{ pointer: '#/id', detail: 'an id does not change' }];
      return fail(failure('ITEM.INVALID', wrong[0]?.detail ?? 'It is wrong.', { errors: wrong }));
    });
  }

  remove(id: string, version: number): Promise<Result<void>> {
    return this.change(async (tx) => {
      const held = this.verified(await this.store.find(id, tx), id, version);
      if (!held.ok) return held;
      await this.store.remove(tx, id, this.clock.now());
      return ok(undefined);
    });
  }

  private edit(
    id: string,
    version: number | null,
    change: (held: Item) => Result<Item>,
  ): Promise<Result<StoredItem>> {
    return this.change(async (tx) => {
      const held = this.verified(await this.store.find(id, tx), id, version);
      if (!held.ok) return held;
      const item = change(held.value);
      if (!item.ok) return item;
      await this.store.upsert(tx, [item.value], this.clock.now());
      const row = await this.store.find(id, tx);
      return row ? ok(storedOf(row)) : notFound(id);
    });
  }

  private verified(row: KeptItem | null, id: string, version: number | null): Result<Item> {
    if (!row) return notFound(id);
    if (version === null || version === row.revision) return ok(row.doc);
    return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${row.revision}".`));
  }

  private async change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const done = await this.database.transaction(async (tx) => {
      await this.store.hold(tx);
      return work(tx);
    });
    await Promise.all(this.followers.map((follower) => follower()));
    return done;
  }
}

function notFound(id: string): Result<never> {
  return fail(failure('ITEM.NOT_FOUND', `There is no item ${id}.`));
}

function storedOf({ doc, revision, updatedAt }: KeptItem): StoredItem {
  return { ...doc, revision, updatedAt: updatedAt.toISOString() };
}
