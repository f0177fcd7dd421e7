import { Inject, Injectable } from '@nestjs/common';
import { type Identifier, keyOf } from '@repartee/identity/domain';
import { Database } from '@repartee/platform';
import type { GoldenRecord } from '../domain/golden-record.js';
import { CachedProfile } from './profile-cache.js';
import { RecordViews } from './record-views.js';

/**
 * Reads many golden records at once, and past the cache: whoever asks for a hundred thousand people must not drive out
 * those who are about to come back.
 */
@Injectable()
export class ColdProfiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordViews) private readonly views: RecordViews,
  ) {}

  /** Everybody there is; who was merged into somebody else counts with them. */
  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      'SELECT count(*) AS count FROM profile WHERE merged_into IS NULL',
    );
    return Number(row?.count ?? 0);
  }

  /** Ids of so many people drawn at random, in the order of the draw: the same seed draws the same. */
  async draw(count: number, seed: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM profile WHERE merged_into IS NULL
        ORDER BY hashtextextended(id::text || $1, 0), id LIMIT $2`,
      [seed, count],
    );
    return rows.map(({ id }) => id);
  }

  /** The people of these ids, by the id that was asked for; the survivor of one that was merged away. */
  async byIds(ids: readonly string[]): Promise<Map<string, CachedProfile>> {
    const rows = await this.database.query<{ asked: string; record: GoldenRecord }>(
      `SELECT asked.id AS asked, p.record FROM unnest($1::uuid[]) AS asked (id)
         JOIN profile held ON held.id = asked.id
         JOIN profile p ON p.id = coalesce(held.merged_into, held.id)`,
      [ids],
      'profile.cold-by-ids',
    );
    return new Map(rows.map(({ asked, record }) => [asked, new CachedProfile(record, this.views)]));
  }

  /** The people who own these identifiers, by `namespace:value`. */
  async byIdentifiers(identifiers: readonly Identifier[]): Promise<Map<string, CachedProfile>> {
    const rows = await this.database.query<Identifier & { record: GoldenRecord }>(
      `SELECT DISTINCT ON (i.namespace, i.value) i.namespace, i.value, p.record
         FROM unnest($1::text[], $2::text[]) AS asked (namespace, value)
         JOIN identifier i USING (namespace, value)
         JOIN profile p ON p.id = i.profile_id
        WHERE i.shared_at IS NULL OR i.namespace = 'anonymous_id'
        ORDER BY i.namespace, i.value, i.since DESC`,
      [identifiers.map(({ namespace }) => namespace), identifiers.map(({ value }) => value)],
      'profile.cold-by-identifiers',
    );
    return new Map(rows.map((row) => [keyOf(row), new CachedProfile(row.record, this.views)]));
  }
}
