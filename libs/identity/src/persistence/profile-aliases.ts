import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { Merge } from '../domain/index.js';

/** Ids of profiles that were merged away, and why they were. */
@Injectable()
export class ProfileAliases {
  /** Makes the merged id resolve to the survivor for ever, and notes why. */
  async recordMerge(tx: Transaction, { merged, survivor, eventId, rule, at }: Merge): Promise<void> {
    await tx.query('UPDATE profile_alias SET survivor_id = $1 WHERE survivor_id = $2', [survivor, merged]);
    await tx.query(
      `INSERT INTO profile_alias (merged_id, survivor_id) VALUES ($1, $2)
       ON CONFLICT (merged_id) DO UPDATE SET survivor_id = excluded.survivor_id`,
      [merged, survivor],
    );
    await tx.query(
      `INSERT INTO profile_merge (merged_id, event_id, survivor_id, rule, merged_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (merged_id, event_id) DO UPDATE SET survivor_id = excluded.survivor_id, merged_at = excluded.merged_at`,
      [merged, eventId, survivor, rule, new Date(at)],
    );
  }

  /** A profile that lives again: its own id, and those that were merged into it before, are its own. */
  async revive(tx: Transaction, profileId: string, family: string[]): Promise<void> {
    await tx.query('DELETE FROM profile_alias WHERE merged_id = $1', [profileId]);
    await tx.query('UPDATE profile_alias SET survivor_id = $1 WHERE merged_id = ANY($2::uuid[])', [
      profileId,
      family,
    ]);
  }

  /** The living profiles behind ids of profiles that were merged away; ids that were not are left out. */
  async survivorsOf(tx: Pick<Transaction, 'query'>, profileIds: string[]): Promise<Map<string, string>> {
    if (profileIds.length === 0) return new Map();
    const rows = await tx.query<{ merged_id: string; survivor_id: string }>(
      'SELECT merged_id, survivor_id FROM profile_alias WHERE merged_id = ANY($1::uuid[])',
      [profileIds],
      'aliases.survivors',
    );
    return new Map(rows.map((row) => [row.merged_id, row.survivor_id]));
  }
}
