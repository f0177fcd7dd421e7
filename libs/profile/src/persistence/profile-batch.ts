import type { Merge, ProfileHoldings } from '@repartee/identity/domain';
import { RetryTransactionError, type Transaction } from '@repartee/platform';
import {
  adjustTotals,
  applyOrderFact,
  emptyRecord,
  foldEvents,
  type GoldenRecord,
  mergeOrders,
  mergeRecords,
  type OrderFact,
  type RecordEvent,
  reduceEvent,
  type TraitBook,
} from '../domain/index.js';
import type { GoldenRecordStore, StoredRecord } from './golden-record-store.js';
import type { BeforeMerge, MergeUndo } from './merge-undo.js';
import type { OrderStore, ProfileOrder } from './order-store.js';
import { type Reliance, verifyHeld } from './verify-held.js';

/**
 * The golden records that one transaction changes: locked, changed in memory, written once at the end.
 * Everything that happens to them in between sees the changes before it.
 */
export class ProfileBatch {
  private readonly drafts = new Map<string, GoldenRecord>();
  private readonly changed = new Set<string>();
  private readonly merges: Merge[] = [];
  private readonly before: BeforeMerge[] = [];
  private readonly putBack: string[] = [];

  constructor(
    private readonly tx: Transaction,
    private readonly records: GoldenRecordStore,
    private readonly orders: OrderStore,
    private readonly undo: MergeUndo,
    private readonly stored: Map<string, StoredRecord>,
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

  /** The version as which the record will be written if this batch changes it. */
  nextVersion(profileId: string): number {
    return this.draft(profileId).version + 1;
  }

  /** Marks a record as changed: it will be written. */
  touch(profileId: string): GoldenRecord {
    this.changed.add(profileId);
    return this.draft(profileId);
  }

  reduce(profileId: string, event: RecordEvent): void {
    reduceEvent(this.touch(profileId), event, this.book);
  }

  /** Locks more records; those that are locked already stay as they are. */
  async lock(profileIds: string[]): Promise<void> {
    const missing = profileIds.filter((id) => !this.stored.has(id) && !this.drafts.has(id));
    if (missing.length === 0) return;
    for (const [id, stored] of await this.records.lock(this.tx, missing)) {
      this.stored.set(id, stored);
      this.drafts.set(id, stored.record);
    }
  }

  /** Makes sure that what identity read before the lock is still so; else the transaction runs again. */
  rely(relied: readonly Reliance[]): void {
    for (const reliance of relied) verifyHeld(this.stored.get(reliance.profileId), reliance);
  }

  /** Makes sure that a profile was not merged away before it was locked; else the transaction runs again. */
  verifyLiving(profileId: string): void {
    if (this.stored.get(profileId)?.mergedInto != null)
      throw new RetryTransactionError('the profile was merged away meanwhile');
  }

  /** Whether a profile was merged away and is to live again. */
  isMerged(profileId: string): boolean {
    return this.stored.get(profileId)?.mergedInto != null;
  }

  /** What identity says a person has. */
  hold(profileId: string, holdings: ProfileHoldings): void {
    if (sameHoldings(this.draft(profileId), holdings)) return;
    const { identifiers, claims } = holdings;
    const record = this.touch(profileId);
    record.identifiers = identifiers;
    if (claims.length > 0) record.claims = claims;
    else delete record.claims;
  }

  /**
   * Joins two people's records; orders that both have count once.
   * @param undoable nothing else changes the survivor in this batch: how it was is kept, so that it can come back
   */
  async merge(merge: Merge, undoable = false): Promise<void> {
    const survivor = this.touch(merge.survivor);
    if (undoable) {
      const orders = await this.orders.ofProfile(this.tx, merge.survivor);
      this.before.push({ merged: merge.merged, record: structuredClone(survivor), orders });
    }
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

  /** Counts orders, each once. @returns the events by which orders were first completed */
  async countOrders(facts: { profileId: string; fact: OrderFact }[]): Promise<ReadonlySet<string>> {
    const completed = new Set<string>();
    if (facts.length === 0) return completed;
    const key = (profileId: string, orderId: string) => `${profileId}/${orderId}`;
    const wanted = facts.map(({ profileId, fact }) => ({ profileId, orderId: fact.orderId }));
    const states = new Map<string, ProfileOrder>(
      (await this.orders.load(this.tx, wanted)).map((order) => [key(order.profileId, order.orderId), order]),
    );
    for (const { profileId, fact } of facts) {
      const before = states.get(key(profileId, fact.orderId));
      const after = { ...applyOrderFact(before, fact), profileId };
      states.set(key(profileId, fact.orderId), after);
      if ((before?.amount ?? null) === null && after.amount !== null) completed.add(fact.eventId);
      const record = this.touch(profileId);
      record.orders = adjustTotals(record.orders, before, after);
    }
    await this.orders.save(this.tx, [...states.values()]);
    return completed;
  }

  /**
   * Gives both sides of a merge back as they were before it, byte for byte: where nothing has changed the survivor
   * since, and each side is to have the identifiers it had.
   * @returns false when they cannot be given back so
   */
  async restore(
    survivorId: string,
    mergedId: string,
    holdings: ReadonlyMap<string, ProfileHoldings>,
  ): Promise<boolean> {
    const merged = this.stored.get(mergedId)?.record;
    const before = merged && (await this.undo.find(this.tx, this.draft(survivorId), mergedId));
    if (!before || !merged) return false;
    if (
      !sameHoldings(before.record, holdings.get(survivorId)) ||
      !sameHoldings(merged, holdings.get(mergedId))
    )
      return false;
    await this.undo.putBack(this.tx, before.record);
    await this.undo.revive(this.tx, merged);
    await this.records.follow(this.tx, [before.record, merged], this.book);
    await this.orders.removeAll(this.tx, survivorId);
    await this.orders.save(this.tx, before.orders);
    this.putBack.push(survivorId, mergedId);
    return true;
  }

  /**
   * Empties a record, to be filled again from its events.
   * @param family the ids of profiles whose events it will hold
   */
  async empty(profileId: string, family: string[]): Promise<GoldenRecord> {
    const { version } = this.draft(profileId);
    const fresh = { ...emptyRecord(profileId, this.book.revision), version, family };
    this.drafts.set(profileId, fresh);
    this.changed.add(profileId);
    await this.orders.removeAll(this.tx, profileId);
    if (this.stored.get(profileId)?.mergedInto != null) await this.undo.revive(this.tx, fresh);
    return fresh;
  }

  /** Fills an emptied record from the person's events. */
  refill(profileId: string, events: readonly { profileId: string; event: RecordEvent }[]): void {
    this.drafts.set(profileId, foldEvents(this.draft(profileId), events, this.book));
    this.changed.add(profileId);
  }

  /** Writes everything. Returns the records written, which from now on must not be changed, and the change's number. */
  async write(): Promise<{ records: GoldenRecord[]; gone: string[]; seq: number }> {
    const records = [...this.changed].sort().map((id) => this.draft(id));
    await this.records.save(this.tx, records, this.book);
    await this.records.markMerged(this.tx, this.merges);
    for (const before of this.before)
      await this.undo.keep(this.tx, this.draft(before.record.id).version, before);
    const gone = [...this.merges.map((merge) => merge.merged), ...this.putBack];
    const changed = [...records.map((record) => record.id), ...gone];
    const seq = await this.records.recordChange(this.tx, changed, this.book);
    return { records, gone, seq };
  }
}

function sameHoldings(record: GoldenRecord, held: ProfileHoldings | undefined): boolean {
  const text = (holdings: Partial<ProfileHoldings>) =>
    JSON.stringify([holdings.identifiers ?? [], holdings.claims ?? []]);
  return held !== undefined && text(record) === text(held);
}
