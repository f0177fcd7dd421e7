import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { GoldenRecord, ProfileView } from '../domain/index.js';
import { ChangeFeed } from './change-feed.js';
import { GoldenRecordStore } from './golden-record-store.js';
import { MergeUndo } from './merge-undo.js';
import { OrderStore } from './order-store.js';
import { ProfileBatch } from './profile-batch.js';
import { ProfileCache } from './profile-cache.js';
import { RecordViews } from './record-views.js';

/** Changes golden records: the one way to write them. */
@Injectable()
export class GoldenRecords {
  constructor(
    @Inject(GoldenRecordStore) private readonly records: GoldenRecordStore,
    @Inject(OrderStore) private readonly orders: OrderStore,
    @Inject(ProfileCache) private readonly cache: ProfileCache,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(RecordViews) private readonly views: RecordViews,
    @Inject(MergeUndo) private readonly undo: MergeUndo,
  ) {}

  /** What rules see of a record that is being changed. */
  view(record: GoldenRecord): ProfileView {
    return this.views.of(record);
  }

  /** Locks records for a change. More can be locked later. */
  async open(tx: Transaction, profileIds: string[]): Promise<ProfileBatch> {
    const { book } = this.records;
    const stored = profileIds.length > 0 ? await this.records.lock(tx, profileIds) : new Map();
    return new ProfileBatch(tx, this.records, this.orders, this.undo, stored, book);
  }

  /**
   * Writes the batch; must be the transaction's last statement. After the commit the new state is in this process's
   * memory, and other processes hear of it.
   * @returns id → version of what was written, and the change's number
   */
  async close(tx: Transaction, batch: ProfileBatch): Promise<{ versions: Map<string, number>; seq: number }> {
    const { records, gone, seq } = await batch.write();
    tx.afterCommit(() => {
      for (const id of gone) this.cache.evict(id);
      for (const record of records) this.cache.put(record);
      this.feed.committed(seq);
    });
    return { versions: new Map(records.map((record) => [record.id, record.version])), seq };
  }
}
