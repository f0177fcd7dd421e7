import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { StandardFields, StatedFields } from '../domain/index.js';

/** A source record as it is stored. */
export interface SourceRecord {
  id: string;
  source: string;
  /** `namespace:value` of the identifier it is filed under. */
  key: string;
  /** Event time of the latest word in it, milliseconds since the epoch. */
  at: number;
  stated: StatedFields;
  standard: StandardFields;
  /** Key of the household that the record speaks of. */
  household: string | null;
  declaredHousehold: string | null;
}

interface Row extends Omit<SourceRecord, 'at' | 'declaredHousehold'> {
  at: Date;
  declared_household: string | null;
}

type Reading = Pick<Transaction, 'query'>;

const toRecord = ({ at, declared_household, ...row }: Row): SourceRecord => ({
  ...row,
  at: at.getTime(),
  declaredHousehold: declared_household,
});

/** Source records in PostgreSQL, filed in blocks of those that may be alike. */
@Injectable()
export class SourceRecords {
  async find(tx: Reading, wanted: readonly { source: string; key: string }[]): Promise<SourceRecord[]> {
    const rows = await tx.query<Row>(
      `SELECT held.* FROM source_record held
       JOIN unnest($1::text[], $2::text[]) AS wanted(key, source)
         ON held.key = wanted.key AND held.source = wanted.source`,
      [wanted.map(({ key }) => key), wanted.map(({ source }) => source)],
      'source-records.find',
    );
    return rows.map(toRecord);
  }

  /** All that any source says of these identifiers. */
  async ofKeys(tx: Reading, keys: readonly string[]): Promise<SourceRecord[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<Row>(
      'SELECT * FROM source_record WHERE key = ANY($1) ORDER BY id',
      [keys],
      'source-records.of-keys',
    );
    return rows.map(toRecord);
  }

  async ofIds(tx: Reading, ids: readonly string[]): Promise<SourceRecord[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<Row>(
      'SELECT * FROM source_record WHERE id = ANY($1::uuid[])',
      [ids],
      'source-records.of-ids',
    );
    return rows.map(toRecord);
  }

  /** A page of all records, in the order of their ids. */
  async page(tx: Reading, after: string | null, limit: number): Promise<SourceRecord[]> {
    const rows = await tx.query<Row>(
      'SELECT * FROM source_record WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2',
      [after, limit],
    );
    return rows.map(toRecord);
  }

  async save(tx: Reading, records: readonly SourceRecord[]): Promise<void> {
    await tx.query(
      `INSERT INTO source_record (id, source, key, at, stated, standard, household, declared_household)
       SELECT id, source, key, at, stated::json, standard::json, household, declared_household
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
         AS t(id, source, key, at, stated, standard, household, declared_household)
       ON CONFLICT (id) DO UPDATE SET at = excluded.at, stated = excluded.stated, standard = excluded.standard,
         household = excluded.household, declared_household = excluded.declared_household`,
      [
        records.map(({ id }) => id),
        records.map(({ source }) => source),
        records.map(({ key }) => key),
        records.map(({ at }) => new Date(at)),
        records.map(({ stated }) => JSON.stringify(stated)),
        records.map(({ standard }) => JSON.stringify(standard)),
        records.map(({ household }) => household),
        records.map(({ declaredHousehold }) => declaredHousehold),
      ],
      'source-records.save',
    );
  }

  /** Who owns these keys now. */
  async ownersOf(tx: Reading, keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ key: string; profile_id: string }>(
      `SELECT wanted.key, held.profile_id FROM unnest($1::text[]) AS wanted(key)
       JOIN identifier held ON held.namespace = split_part(wanted.key, ':', 1)
         AND held.value = substr(wanted.key, strpos(wanted.key, ':') + 1) AND held.since = 0
       WHERE held.profile_id IS NOT NULL`,
      [keys],
    );
    return new Map(rows.map(({ key, profile_id }) => [key, profile_id]));
  }

  /** Profiles of which some record speaks of the same household as some record of these keys. */
  async household(tx: Reading, keys: readonly string[]): Promise<{ household: string; profileId: string }[]> {
    const rows = await tx.query<{ household: string; profile_id: string }>(
      `SELECT DISTINCT near.household, held.profile_id
       FROM source_record own JOIN source_record near ON near.household = own.household
       JOIN identifier held ON held.namespace = split_part(near.key, ':', 1)
         AND held.value = substr(near.key, strpos(near.key, ':') + 1) AND held.since = 0
       WHERE own.key = ANY($1) AND held.profile_id IS NOT NULL ORDER BY 1, 2 LIMIT 200`,
      [keys],
    );
    return rows.map(({ household, profile_id }) => ({ household, profileId: profile_id }));
  }

  /** Files records in their blocks, and takes them out of those they left. */
  async file(tx: Reading, filed: readonly { id: string; blocks: readonly string[] }[]): Promise<void> {
    const ids = filed.flatMap(({ id, blocks }) => blocks.map(() => id));
    const blocks = filed.flatMap((one) => one.blocks);
    await tx.query(
      `WITH wanted AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::text[]) AS t(record_id, block)),
       gone AS (DELETE FROM source_record_block held WHERE held.record_id = ANY($3::uuid[])
         AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.record_id = held.record_id AND w.block = held.block))
       INSERT INTO source_record_block (block, record_id) SELECT block, record_id FROM wanted ON CONFLICT DO NOTHING`,
      [ids, blocks, filed.map(({ id }) => id)],
      'source-records.file',
    );
  }

  /** The members of blocks, `limit` of each at most. */
  async members(
    tx: Reading,
    blocks: readonly string[],
    limit: number,
  ): Promise<{ block: string; record_id: string }[]> {
    if (blocks.length === 0) return [];
    return tx.query(
      `SELECT near.* FROM unnest($1::text[]) AS wanted(block) CROSS JOIN LATERAL (
         SELECT block, record_id FROM source_record_block held WHERE held.block = wanted.block LIMIT $2) near`,
      [blocks, limit],
      'source-records.members',
    );
  }
}
