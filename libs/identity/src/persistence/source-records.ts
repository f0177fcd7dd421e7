import { Injectable } from '@nestjs/common';
import { type Transaction, unseen } from '@repartee/platform';
import type { BlockChange, StandardFields, StatedFields } from '../domain/index.js';
import { milliseconds } from './graph-rows.js';

/** A source record as it is stored. */
export interface SourceRecord {
  id: string;
  source: string;
  /** `namespace:value` of the identifier it is filed under. */
  key: string;
  /** Event time of the first word in it, milliseconds since the epoch. */
  at: number;
  stated: StatedFields;
  standard: StandardFields;
  /** Key of the household that the record speaks of. */
  household: string | null;
  declaredHousehold: string | null;
}

/** What of a record comparing needs. */
export type ComparedRecord = Pick<SourceRecord, 'id' | 'key' | 'at' | 'standard'>;

/** A record with the blocking keys that it came under, and those that it left. */
export interface RecordMove {
  record: SourceRecord;
  gained: readonly string[];
  lost: readonly string[];
}

/** What stands in blocks. */
export interface NearRecords {
  /** The members of those that link, each with the blocks asked for that it is in. */
  met: { record: ComparedRecord; blocks: string[] }[];
  /** Blocks that link no longer, and blocks that link again, by this change. */
  grown: string[];
  shrunk: string[];
}

interface NearRow {
  met: [id: string, key: string, at: number, standard: StandardFields, places: number[]][] | null;
  grown: number[] | null;
  shrunk: number[] | null;
}

/** A row of `source_record`. */
export interface RecordRow extends Omit<SourceRecord, 'at' | 'declaredHousehold'> {
  at: Date;
  declared_household: string | null;
}

type Reading = Pick<Transaction, 'query'>;

export const toRecord = ({ at, declared_household, ...row }: RecordRow): SourceRecord => ({
  ...row,
  at: at.getTime(),
  declaredHousehold: declared_household,
});

const SAVE = `
  WITH filed AS (
    INSERT INTO source_record_block (block, record_id) SELECT * FROM unnest($9::text[], $10::uuid[])
    ON CONFLICT DO NOTHING
  ),
  gone AS (
    DELETE FROM source_record_block held USING unnest($11::text[], $12::uuid[]) AS past(block, record_id)
    WHERE held.block = past.block AND held.record_id = past.record_id
  )
  INSERT INTO source_record (id, source, key, at, stated, standard, household, declared_household)
  SELECT id, source, key, at, stated::json, standard::json, household, declared_household
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
    AS t(id, source, key, at, stated, standard, household, declared_household)
  ON CONFLICT (id) DO UPDATE SET at = excluded.at, stated = excluded.stated, standard = excluded.standard,
    household = excluded.household, declared_household = excluded.declared_household`;
/** One answer, as JSON: only of blocks that link are the members read. */
const NEAR = `
  WITH near AS MATERIALIZED (
    SELECT n, gained, lost, asks, ids, cardinality(ids) AS size
    FROM unnest($1::text[], $2::int[], $3::int[], $4::boolean[]) WITH ORDINALITY AS t(block, gained, lost, asks, n)
    CROSS JOIN LATERAL (
      SELECT array_agg(record_id) AS ids
      FROM (SELECT record_id FROM source_record_block held WHERE held.block = t.block LIMIT $5) filed
    ) members
  ),
  met AS (
    SELECT record_id, json_agg(n) AS places FROM near CROSS JOIN LATERAL unnest(ids) AS member(record_id)
    WHERE asks AND size <= $6 GROUP BY record_id
  )
  SELECT (
    SELECT json_agg(json_build_array(met.record_id, held.key, ${milliseconds('held.at')}, held.standard, met.places))
    FROM met CROSS JOIN LATERAL (SELECT key, at, standard FROM source_record WHERE id = met.record_id LIMIT 1) held
  ) AS met,
  (SELECT json_agg(n) FROM near WHERE size > $6 AND size - gained + lost <= $6) AS grown,
  (SELECT json_agg(n) FROM near WHERE size <= $6 AND size - gained + lost > $6) AS shrunk`;

/** Source records in PostgreSQL, filed in blocks of those that may be alike. */
@Injectable()
export class SourceRecords {
  async find(tx: Reading, wanted: readonly { source: string; key: string }[]): Promise<SourceRecord[]> {
    const rows = await tx.query<RecordRow>(
      `SELECT held.* FROM source_record held
       JOIN unnest(${unseen(1, 'text[]')}, ${unseen(2, 'text[]')}) AS wanted(key, source)
         ON held.key = wanted.key AND held.source = wanted.source`,
      [wanted.map(({ key }) => key), wanted.map(({ source }) => source)],
      'source-records.find',
    );
    return rows.map(toRecord);
  }

  /** All that any source says of these identifiers. */
  async ofKeys(tx: Reading, keys: readonly string[]): Promise<SourceRecord[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<RecordRow>(
      `SELECT * FROM source_record WHERE key = ANY(${unseen(1, 'text[]')}) ORDER BY id`,
      [keys],
      'source-records.of-keys',
    );
    return rows.map(toRecord);
  }

  /** A page of all records, in the order of their ids. */
  async page(tx: Reading, after: string | null, limit: number): Promise<SourceRecord[]> {
    const rows = await tx.query<RecordRow>(
      'SELECT * FROM source_record WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2',
      [after, limit],
    );
    return rows.map(toRecord);
  }

  /** Writes records, and files them under what they gained and no longer under what they lost. */
  async save(tx: Reading, moves: readonly RecordMove[]): Promise<void> {
    const records = moves.map(({ record }) => record);
    await tx.query(
      SAVE,
      [
        records.map(({ id }) => id),
        records.map(({ source }) => source),
        records.map(({ key }) => key),
        records.map(({ at }) => new Date(at)),
        records.map(({ stated }) => JSON.stringify(stated)),
        records.map(({ standard }) => JSON.stringify(standard)),
        records.map(({ household }) => household),
        records.map(({ declaredHousehold }) => declaredHousehold),
        ...filings(moves, ({ gained }) => gained),
        ...filings(moves, ({ lost }) => lost),
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

  /** Files records under these keys and no others, whatever they were filed under before. */
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

  /**
   * What stands in blocks once a change of them is written.
   * @param changes whether a block's members are asked for, too
   * @param largest records in a block that links at most
   */
  async near(
    tx: Reading,
    changes: ReadonlyMap<string, BlockChange & { asks: boolean }>,
    largest: number,
  ): Promise<NearRecords> {
    if (changes.size === 0) return { met: [], grown: [], shrunk: [] };
    const blocks = [...changes.keys()];
    const all = [...changes.values()];
    const most = all.reduce((most, { gained }) => Math.max(most, gained), 0);
    const [found] = await tx.query<NearRow>(
      NEAR,
      [
        blocks,
        all.map(({ gained }) => gained),
        all.map(({ lost }) => lost),
        all.map(({ asks }) => asks),
        largest + 1 + most,
        largest,
      ],
      'source-records.near',
    );
    const blockOf = (place: number) => blocks[place - 1] ?? '';
    return {
      met: (found?.met ?? []).map(([id, key, at, standard, places]) => ({
        record: { id, key, at, standard },
        blocks: places.map(blockOf),
      })),
      grown: (found?.grown ?? []).map(blockOf),
      shrunk: (found?.shrunk ?? []).map(blockOf),
    };
  }

  /** The members of blocks, `limit` of each at most. */
  async members(tx: Reading, blocks: readonly string[], limit: number): Promise<Map<string, string[]>> {
    const rows = await tx.query<{ block: string; ids: string[] }>(
      `SELECT wanted.block, array_agg(near.record_id) AS ids FROM unnest($1::text[]) AS wanted(block)
       CROSS JOIN LATERAL (SELECT record_id FROM source_record_block held WHERE held.block = wanted.block LIMIT $2) near
       GROUP BY wanted.block`,
      [blocks, limit],
      'source-records.members',
    );
    return new Map(rows.map(({ block, ids }) => [block, ids]));
  }
}

/** Every filing as two columns. */
function filings(
  moves: readonly RecordMove[],
  keysOf: (move: RecordMove) => readonly string[],
): [blocks: string[], ids: string[]] {
  return [moves.flatMap(keysOf), moves.flatMap((move) => keysOf(move).map(() => move.record.id))];
}
