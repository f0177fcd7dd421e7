import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { GoldenRecord } from '../domain/index.js';
import type { ProfileOrder } from './order-store.js';

/** A survivor as it was before a merge. */
export interface BeforeMerge {
  merged: string;
  record: GoldenRecord;
  orders: ProfileOrder[];
}

/** What an undo of a merge needs. */
@Injectable()
export class MergeUndo {
  /** Keeps how a survivor was. */
  async keep(tx: Transaction, versionAfter: number, { merged, record, orders }: BeforeMerge): Promise<void> {
    await tx.query(
      `INSERT INTO profile_before_merge (survivor_id, merged_id, version_after, record, orders)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (survivor_id, merged_id) DO UPDATE SET version_after = excluded.version_after,
         record = excluded.record, orders = excluded.orders`,
      [record.id, merged, versionAfter, JSON.stringify(record), JSON.stringify(orders)],
    );
  }

  /** How a survivor was before it took in `merged`, if nothing has changed it since: `version` is its present one. */
  async find(
    tx: Transaction,
    { id: survivor, version }: Pick<GoldenRecord, 'id' | 'version'>,
    merged: string,
  ): Promise<BeforeMerge | undefined> {
    const [row] = await tx.query<{ record: GoldenRecord; orders: ProfileOrder[] }>(
      `SELECT record, orders FROM profile_before_merge
       WHERE survivor_id = $1 AND merged_id = $2 AND version_after = $3`,
      [survivor, merged, version],
    );
    return row && { merged, ...row };
  }

  /** Puts a record back as it was, with its version. */
  async putBack(tx: Transaction, record: GoldenRecord): Promise<void> {
    await tx.query('UPDATE profile SET version = $2, record = $3 WHERE id = $1', [
      record.id,
      record.version,
      JSON.stringify(record),
    ]);
  }

  /** A profile that was merged away lives again, with those that were merged into it before. */
  async revive(tx: Transaction, { id, family }: Pick<GoldenRecord, 'id' | 'family'>): Promise<void> {
    await tx.query('UPDATE profile SET merged_into = NULL WHERE id = $1', [id]);
    await tx.query('UPDATE profile SET merged_into = $1 WHERE id = ANY($2::uuid[]) AND id <> $1', [
      id,
      family,
    ]);
  }

  /** Files what happened under the profile it now belongs to, which holds it from `version` on. */
  async moveTimeline(
    tx: Transaction,
    entryIds: string[],
    from: string[],
    to: { profileId: string; version: number },
  ): Promise<void> {
    await tx.query(
      `UPDATE timeline_entry SET profile_id = $3, version = $4
       WHERE id = ANY($1::uuid[]) AND profile_id = ANY($2::uuid[])`,
      [entryIds, from, to.profileId, to.version],
    );
  }
}
