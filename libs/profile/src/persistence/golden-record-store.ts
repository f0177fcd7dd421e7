import { Inject, Injectable } from '@nestjs/common';
import { Clock, RetryTransactionError, type Transaction, unseen } from '@repartee/platform';
import type { GoldenRecord } from '../domain/golden-record.js';
import { searchText } from '../domain/search-text.js';
import type { TraitBook } from '../domain/trait-book.js';
import { TraitBooks } from './trait-books.js';

interface Row {
  id: string;
  merged_into: string | null;
  version: string;
  record: GoldenRecord;
}

/** A golden record as it is stored: `mergedInto` is set once another profile has taken it in. */
export interface StoredRecord {
  record: GoldenRecord;
  mergedInto: string | null;
}

/** Golden records in PostgreSQL, written under row locks taken in the order of ids. */
@Injectable()
export class GoldenRecordStore {
  /** By what each record that was read for a change was found before it. */
  private readonly searchTexts = new WeakMap<GoldenRecord, string>();

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TraitBooks) private readonly books: TraitBooks,
  ) {}

  /** The book by which a transaction writes records: the same from its first to its last. */
  get book(): TraitBook {
    return this.books.current;
  }

  /** Locks and reads those of the records that exist. */
  async lock(tx: Transaction, ids: string[]): Promise<Map<string, StoredRecord>> {
    const rows = await tx.query<Row>(
      `SELECT id, version, merged_into, record FROM profile WHERE id = ANY(${unseen(1, 'uuid[]')}) ORDER BY id FOR UPDATE`,
      [ids],
      'profile.lock',
    );
    for (const { record } of rows) this.searchTexts.set(record, searchText(record));
    return new Map(rows.map((row) => [row.id, { record: row.record, mergedInto: row.merged_into }]));
  }

  /** Writes records as their next version, which it sets on them. Those not complete for the book are noted. */
  async save(tx: Transaction, records: GoldenRecord[], book: TraitBook): Promise<void> {
    if (records.length === 0) return;
    await this.follow(tx, records, book);
    for (const record of records) record.version += 1;
    await tx.query(
      `INSERT INTO profile (id, version, record)
       SELECT * FROM ROWS FROM (unnest($1::uuid[]), unnest($2::bigint[]), json_array_elements($3::json))
         AS t(id, version, record)
       ORDER BY id
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, record = excluded.record`,
      [records.map((record) => record.id), records.map((record) => record.version), JSON.stringify(records)],
      'profile.save',
    );
  }

  /** Names and postcodes change seldom: only what differs is written. */
  private async saveSearchTexts(tx: Transaction, records: GoldenRecord[]): Promise<void> {
    const changed = records
      .map((record) => ({
        id: record.id,
        version: record.version,
        text: searchText(record),
        before: this.searchTexts.get(record),
      }))
      .filter(({ text, before, version }) => text !== (before ?? (version > 0 ? undefined : '')));
    if (changed.length === 0) return;
    await tx.query(
      `INSERT INTO profile_search (profile_id, text)
       SELECT * FROM unnest($1::uuid[], $2::text[]) AS t(profile_id, text) ORDER BY profile_id
       ON CONFLICT (profile_id) DO UPDATE SET text = excluded.text WHERE profile_search.text <> excluded.text`,
      [changed.map((one) => one.id), changed.map((one) => one.text)],
      'profile.search',
    );
  }

  /** What hangs on records, whoever writes them: the search, and the list of those not complete for the book. */
  async follow(tx: Transaction, records: GoldenRecord[], book: TraitBook): Promise<void> {
    await this.noteIncomplete(
      tx,
      records.filter((record) => (record.book ?? 0) < book.needed),
    );
    await this.saveSearchTexts(tx, records);
  }

  private async noteIncomplete(tx: Transaction, records: GoldenRecord[]): Promise<void> {
    if (records.length === 0) return;
    await tx.query(
      `INSERT INTO trait_replay_backlog (profile_id) SELECT unnest($1::uuid[]) ORDER BY 1 ON CONFLICT DO NOTHING`,
      [records.map((record) => record.id)],
      'profile.incomplete',
    );
  }

  /** Marks profiles as taken in by another. Their last record stays as it was: an undo needs it. */
  async markMerged(tx: Transaction, merges: { merged: string; survivor: string }[]): Promise<void> {
    for (const { merged, survivor } of merges) {
      await tx.query('UPDATE profile SET merged_into = $2 WHERE id = $1 OR merged_into = $1', [
        merged,
        survivor,
      ]);
    }
  }

  /**
   * Numbers this transaction's change. Must be its last statement: the counter stays locked until the commit, which
   * makes the order of numbers the order of commits, so that a reader who has seen n has seen all before n.
   * A book that was replaced meanwhile makes the transaction run again, with the new one.
   */
  async recordChange(tx: Transaction, profileIds: string[], book: TraitBook): Promise<number> {
    const [row] = await tx.query<{ seq: string; revision: string }>(
      `WITH next AS (UPDATE profile_change_counter SET seq = seq + 1 RETURNING seq, book_revision),
       change AS (INSERT INTO profile_change (seq, profile_ids, changed_at) SELECT seq, $1::uuid[], $2 FROM next)
       SELECT seq, book_revision AS revision FROM next`,
      [profileIds, new Date(this.clock.now())],
      'profile.change',
    );
    if (Number(row?.revision) !== book.revision) {
      await this.books.reload(tx);
      throw new RetryTransactionError('the trait book changed meanwhile');
    }
    return Number(row?.seq);
  }
}
