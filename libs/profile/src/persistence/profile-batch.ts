import type { Merge, OwnershipChange } from '@repartee/identity/domain';
import { RetryTransactionError, type Transaction } from '@repartee/platform';
import {
  adjustTotals,
  applyOrderFact,
  emptyRecord,
  type GoldenRecord,
  mergeOrders,
  mergeRecords,
  type OrderFact,
  type RecordEvent,
  reduceEvent,
  type TraitBook,
} from '../domain/index.js';
import type { GoldenRecordStore, StoredRecord } from './golden-record-store.js';
import type { OrderStore, ProfileOrder } from './order-store.js';

/**
 * The golden records that one transaction changes: locked, changed in memory, written once at the end.
 * Everything that happens to them in between sees the changes before it.
 */
export class ProfileBatch {
  private readonly drafts = new Map<string, GoldenRecord>();
  private readonly changed = new Set<string>();
  private readonly merges: Merge[] = [];

  constructor(
    private readonly tx: Transaction,
    private readonly records: GoldenRecordStore,
    private readonly orders: OrderStore,
    stored: Map<string, StoredRecord>,
    private readonly book: TraitBook,
  ) {
    for (const [id, { record }] of stored) this.drafts.set(id, record);
  }

  /** The record as it stands in this batch. */
  draft(profileId: string): GoldenRecord {
    const held = this.drafts.get(profileId);
    if (held) return held;
    const fresh = emptyRecord(profileId, this.book.revision);
    this.drafts.set(profileId, fresh);
    return fresh;
  }

  /** Marks a record as changed: it will be written. */
  touch(profileId: string): GoldenRecord {
    this.changed.add(profileId);
    return this.draft(profileId);
  }

  reduce(profileId: string, event: RecordEvent): void {
    reduceEvent(this.touch(profileId), event, this.book);
  }

  /** What identity says of who has which identifiers. */
  setIdentifiers(profileId: string, held: OwnershipChange[]): void {
    this.touch(profileId).identifiers = held.map(({ namespace, value, verified }) => ({
      namespace,
      value,
      verified,
    }));
  }

  /** Joins two people's records; orders that both have count once. */
  async merge(merge: Merge): Promise<void> {
    const survivor = this.touch(merge.survivor);
    const joined = mergeRecords(survivor, this.draft(merge.merged), this.book);
    const theirs = await this.orders.ofProfile(this.tx, merge.merged);
    if (theirs.length > 0) joined.orders = await this.mergeOrders(merge.survivor, survivor, theirs);
    this.drafts.set(merge.survivor, joined);
    this.drafts.delete(merge.merged);
    this.changed.delete(merge.merged);
    this.merges.push(merge);
  }

  private async mergeOrders(survivorId: string, survivor: GoldenRecord, theirs: ProfileOrder[]) {
    const ours = new Map(
      (await this.orders.ofProfile(this.tx, survivorId)).map((order) => [order.orderId, order] as const),
    );
    let totals = survivor.orders;
    const moved = theirs.map((order) => {
      const held = ours.get(order.orderId);
      const joined = held ? mergeOrders(held, order) : order;
      totals = adjustTotals(totals, held, joined);
      return { ...joined, profileId: survivorId };
    });
    await this.orders.save(this.tx, moved);
    return totals;
  }

  /** Counts orders, each once. */
  async countOrders(facts: { profileId: string; fact: OrderFact }[]): Promise<void> {
    if (facts.length === 0) return;
    const key = (profileId: string, orderId: string) => `${profileId}/${orderId}`;
    const wanted = facts.map(({ profileId, fact }) => ({ profileId, orderId: fact.orderId }));
    const states = new Map<string, ProfileOrder>(
      (await this.orders.load(this.tx, wanted)).map((order) => [key(order.profileId, order.orderId), order]),
    );
    for (const { profileId, fact } of facts) {
      const before = states.get(key(profileId, fact.orderId));
      const after = { ...applyOrderFact(before, fact), profileId };
      states.set(key(profileId, fact.orderId), after);
      const record = this.touch(profileId);
      record.orders = adjustTotals(record.orders, before, after);
    }
    await this.orders.save(this.tx, [...states.values()]);
  }

  /** Writes everything. Returns the records written, which from now on must not be changed, and the change's number. */
  async write(): Promise<{ records: GoldenRecord[]; merged: string[]; seq: number }> {
    const records = [...this.changed].sort().map((id) => this.draft(id));
    await this.records.save(this.tx, records, this.book);
    await this.records.markMerged(this.tx, this.merges);
    const merged = this.merges.map((merge) => merge.merged);
    const changed = [...records.map((record) => record.id), ...merged];
    const seq = await this.records.recordChange(this.tx, changed, this.book);
    return { records, merged, seq };
  }
}

/**
 * The identity graph was read before the records were locked. If the locked records tell another story,
 * somebody else changed it in between: the transaction runs again.
 */
export function verifyUnchanged(stored: Map<string, StoredRecord>, known: OwnershipChange[]): void {
  const counts = new Map<string, number>();
  for (const held of known) {
    counts.set(held.profileId, (counts.get(held.profileId) ?? 0) + 1);
    const identifiers = stored.get(held.profileId)?.record.identifiers ?? [];
    const same = identifiers.some(
      (one) => one.namespace === held.namespace && one.value === held.value && one.verified === held.verified,
    );
    if (!same) throw new RetryTransactionError('the identity graph changed meanwhile');
  }
  for (const [id, { record, mergedInto }] of stored) {
    const count = counts.get(id);
    if (mergedInto !== null || (count !== undefined && record.identifiers.length !== count)) {
      throw new RetryTransactionError('the identity graph changed meanwhile');
    }
  }
}
