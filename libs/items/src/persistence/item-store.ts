import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { Item } from '../domain/index.js';

/** An item as it is kept; without a document it was removed. */
export interface ItemRow {
  id: string;
  doc: Item | null;
  revision: number;
  updatedAt: Date;
}

/** One that was not removed. */
export type KeptItem = ItemRow & { doc: Item };

/** The last change that somebody has seen. */
export type ItemChange = Pick<ItemRow, 'revision' | 'id'>;

/** What writing items did. */
export interface Upserted {
  created: number;
  updated: number;
  unchanged: number;
}

const COLUMNS = 'id, doc, revision, updated_at AS "updatedAt"';

/** The table of items. */
@Injectable()
export class ItemStore {
  constructor(private readonly database: Database) {}

  /** How far items have changed. */
  async revision(): Promise<number> {
    const [state] = await this.database.query<{ revision: number }>('SELECT revision FROM item_state');
    return state?.revision ?? 0;
  }

  /** Waits for other writers of items and keeps them away until the end of the transaction. */
  async hold(tx: Transaction): Promise<void> {
    await tx.query('SELECT 1 FROM item_state FOR UPDATE');
  }

  /** Writes items that were told, in a transaction that holds them. What says nothing new is not written. */
  async upsert(tx: Transaction, items: readonly Item[], now: number): Promise<Upserted> {
    const told = JSON.stringify(items.map((doc) => ({ id: doc.id, doc })));
    const plan = await tx.query<{ id: string; known: boolean; same: boolean }>(
      `SELECT t.id, i.doc IS NOT NULL AS known, i.doc IS NOT DISTINCT FROM t.doc AS same
         FROM jsonb_to_recordset($1::jsonb) AS t (id text, doc jsonb) LEFT JOIN item i ON i.id = t.id`,
      [told],
    );
    const changed = plan.filter(({ same }) => !same);
    if (changed.length > 0) {
      await tx.query(
        `INSERT INTO item (id, doc, revision, updated_at)
         SELECT t.id, t.doc, $3, $4 FROM jsonb_to_recordset($1::jsonb) AS t (id text, doc jsonb)
          WHERE t.id = ANY($2)
         ON CONFLICT (id) DO UPDATE
           SET doc = excluded.doc, revision = excluded.revision, updated_at = excluded.updated_at`,
        [told, changed.map(({ id }) => id), await this.next(tx), new Date(now)],
      );
    }
    const updated = changed.filter(({ known }) => known).length;
    return { created: changed.length - updated, updated, unchanged: plan.length - changed.length };
  }

  /** Removes an item in a transaction that holds them. */
  async remove(tx: Transaction, id: string, now: number): Promise<void> {
    await tx.query('UPDATE item SET doc = NULL, revision = $2, updated_at = $3 WHERE id = $1', [
      id,
      await this.next(tx),
      new Date(now),
    ]);
  }

  async find(id: string, connection: Pick<Database, 'query'> = this.database): Promise<KeptItem | null> {
    const [row] = await connection.query<KeptItem>(
      `SELECT ${COLUMNS} FROM item WHERE id = $1 AND doc IS NOT NULL`,
      [id],
    );
    return row ?? null;
  }

  /** In the order of their ids, after `cursor`; with `category`, those in it and below. */
  list(cursor: string, limit: number, category: string | null): Promise<KeptItem[]> {
    return this.database.query<KeptItem>(
      `SELECT ${COLUMNS} FROM item
        WHERE doc IS NOT NULL AND id COLLATE "C" > $1
          AND ($3::text IS NULL OR doc->>'category' = $3 OR starts_with(doc->>'category', $3 || ' > '))
        ORDER BY id COLLATE "C" LIMIT $2`,
      [cursor, limit, category],
    );
  }

  /** What changed after another change, oldest first; removed ones, too. */
  changedAfter({ revision, id }: ItemChange, limit: number): Promise<ItemRow[]> {
    return this.database.query<ItemRow>(
      `SELECT ${COLUMNS} FROM item WHERE revision >= $1 AND (revision, id) > ($1, $2)
        ORDER BY revision, id LIMIT $3`,
      [revision, id, limit],
    );
  }

  /** Forgets what was removed before a moment, milliseconds: every process has heard of it. */
  async tidy(before: number): Promise<void> {
    await this.database.query('DELETE FROM item WHERE doc IS NULL AND updated_at < $1', [new Date(before)]);
  }

  private async next(tx: Transaction): Promise<number> {
    const [state] = await tx.query<{ revision: number }>(
      'UPDATE item_state SET revision = revision + 1 RETURNING revision',
    );
    if (!state) throw new Error('items have no state');
    return state.revision;
  }
}
