import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import { LARGEST_BLOCK } from '../domain/index.js';
import { lockMatching } from './matching-lock.js';
import { type RecordRow, type SourceRecord, toRecord } from './source-records.js';

/** Token: another number of records in a block at most than the one that is shipped. */
export const BLOCK_LIMIT = Symbol('block limit');

/** One statement sees one state: the members that stay are counted as if the others were gone. */
const WITHDRAW = `
  WITH theirs AS MATERIALIZED (SELECT id FROM source_record WHERE key = ANY($1)),
  gone AS (
    DELETE FROM source_record_block WHERE record_id IN (SELECT id FROM theirs) RETURNING block
  ),
  left_by AS (SELECT block, count(*) AS gone FROM gone GROUP BY block),
  stay AS MATERIALIZED (
    SELECT left_by.block, left_by.gone, held.record_id FROM left_by CROSS JOIN LATERAL (
      SELECT record_id FROM source_record_block b
      WHERE b.block = left_by.block AND NOT EXISTS (SELECT 1 FROM theirs WHERE theirs.id = b.record_id) LIMIT $2 + 1
    ) held
  ),
  shrunk AS (SELECT block FROM stay GROUP BY block, gone HAVING count(*) <= $2 AND count(*) + gone > $2)
  INSERT INTO rematch_backlog (record_id)
  SELECT DISTINCT record_id FROM stay WHERE block IN (SELECT block FROM shrunk) ON CONFLICT DO NOTHING`;

/** Records that are to be filed and compared again, in the background: what brings them together has changed. */
@Injectable()
export class RematchBacklog {
  constructor(
    /** Records in a block at most. */
    @Optional() @Inject(BLOCK_LIMIT) private readonly largest: number = LARGEST_BLOCK,
  ) {}

  /** Takes what is said of these identifiers out of all blocks. Who stays in one that links again is noted. */
  async withdraw(tx: Pick<Transaction, 'query'>, keys: readonly string[]): Promise<void> {
    const filed = await tx.query('SELECT 1 FROM source_record WHERE key = ANY($1) LIMIT 1', [keys]);
    if (filed.length === 0) return;
    await lockMatching(tx);
    await tx.query(WITHDRAW, [keys, this.largest]);
  }

  /** Takes some of the records off the list, the matching locked. */
  async take(tx: Pick<Transaction, 'query'>, limit: number): Promise<SourceRecord[]> {
    const waiting = await tx.query('SELECT 1 FROM rematch_backlog LIMIT 1');
    if (waiting.length === 0) return [];
    await lockMatching(tx);
    const rows = await tx.query<RecordRow>(
      `WITH taken AS (
         DELETE FROM rematch_backlog WHERE record_id IN (
           SELECT record_id FROM rematch_backlog ORDER BY record_id LIMIT $1) RETURNING record_id
       )
       SELECT held.* FROM taken JOIN source_record held ON held.id = taken.record_id ORDER BY held.id`,
      [limit],
    );
    return rows.map(toRecord);
  }
}
