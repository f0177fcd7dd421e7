import { Injectable } from '@nestjs/common';
import { Database, isRowRefused, joinNeighbours, MonthlyPartitions, writeByHalves } from '@repartee/platform';
import { COLUMNS, type ReceiptLine, type ReceiptRow, rowOf } from './receipt-line.js';

/** A receipt as it lies in the table. */
export interface StoredReceipt {
  id: string;
  /** JSON. */
  receipt: string;
}

/** Which receipts are wanted. */
export interface ReceiptDraw {
  /** Milliseconds since the epoch; the second is not part of it. */
  from: number;
  until: number;
  channel: string | null;
  limit: number;
  seed: string;
}

const INSERT = `
  INSERT INTO decision_receipt (${COLUMNS})
  SELECT id, to_timestamp(at), profile_id, receipt
    FROM unnest($1::uuid[], $2::float8[], $3::uuid[], $4::json[]) AS t(${COLUMNS})
  ON CONFLICT DO NOTHING`;

/**
 * Up to a whole page a receipt stays in its row, as it is: to compress it took nearly half of PostgreSQL's time for it. What
 * is only ever added is not swept, and seldom analysed: its width made that dear.
 */
const STORED = [
  'toast_tuple_target = 8160',
  'autovacuum_vacuum_insert_threshold = -1',
  'autovacuum_analyze_threshold = 100000',
  'autovacuum_analyze_scale_factor = 1',
].join(', ');

/** The table of receipts. */
@Injectable()
export class ReceiptStore {
  private readonly partitions: MonthlyPartitions;

  constructor(private readonly database: Database) {
    this.partitions = new MonthlyPartitions(database, 'decision_receipt', STORED);
  }

  /** Makes the partitions of this month and the next, so that no decision waits for them. */
  async prepare(now: number): Promise<void> {
    const date = new Date(now);
    await this.partitions.ensure(now);
    await this.partitions.ensure(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  }

  /**
   * Writes many receipts at the least cost. Where that fails for one of them, or because some are there already, they are
   * inserted: writing one again changes nothing, and one that the database refuses does not sink the others.
   * @returns the lines that were refused
   */
  async copy(lines: readonly ReceiptLine[]): Promise<ReceiptLine[]> {
    await this.makeRoom(lines);
    try {
      await this.database.copy(
        `decision_receipt (${COLUMNS})`,
        joinNeighbours(lines.map(({ line }) => line)),
      );
      return [];
    } catch (error) {
      if (!isRowRefused(error)) throw error;
    }
    return writeByHalves(lines, (some) => this.insert(some.map(rowOf)));
  }

  /** Makes the partitions of receipts that are written next. */
  async makeRoom(receipts: readonly { at: number }[]): Promise<void> {
    for (const at of oneMomentOfEachMonth(receipts)) await this.partitions.ensure(at);
  }

  /** The stored receipt as JSON, or `null`. */
  async find(id: string): Promise<string | null> {
    const [row] = await this.database.query<{ receipt: string }>(
      'SELECT receipt::text AS receipt FROM decision_receipt WHERE id = $1',
      [id],
    );
    return row?.receipt ?? null;
  }

  /** Puts another text in a receipt's place, if it is still the one that is known: it may have gone with its person. */
  async replace(id: string, known: string, receipt: string): Promise<void> {
    await this.database.query(
      'UPDATE decision_receipt SET receipt = $3::json WHERE id = $1 AND receipt::text = $2',
      [id, known, receipt],
    );
  }

  /** A page of stored receipts in the order of their ids, which is that of time. */
  page(from: number, until: number, after: string | null, limit: number): Promise<StoredReceipt[]> {
    return this.database.query<StoredReceipt>(
      `SELECT id, receipt::text AS receipt FROM decision_receipt
       WHERE at >= $1 AND at < $2 AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [new Date(from), new Date(until), after, limit],
    );
  }

  /** Ids of so many receipts of a span drawn at random, in the order of time, and how many there are. */
  async draw({
    from,
    until,
    channel,
    limit,
    seed,
  }: ReceiptDraw): Promise<{ ids: string[]; population: number }> {
    const rows = await this.database.query<{ id: string; population: string }>(
      `SELECT id, population FROM (
         SELECT id, count(*) OVER () AS population FROM decision_receipt
          WHERE at >= $1 AND at < $2 AND ($3::text IS NULL OR receipt->>'ch' = $3)
          ORDER BY hashtextextended(id::text || $4, 0), id LIMIT $5) drawn ORDER BY id`,
      [new Date(from), new Date(until), channel, seed, limit],
    );
    return { ids: rows.map(({ id }) => id), population: Number(rows[0]?.population ?? 0) };
  }

  /** Stored receipts by their ids, in the order of those. */
  many(ids: readonly string[]): Promise<StoredReceipt[]> {
    return this.database.query<StoredReceipt>(
      'SELECT id, receipt::text AS receipt FROM decision_receipt WHERE id = ANY($1::uuid[]) ORDER BY id',
      [ids],
    );
  }

  private async insert(rows: readonly ReceiptRow[]): Promise<void> {
    await this.database.query(
      INSERT,
      [
        rows.map(({ id }) => id),
        rows.map(({ at }) => at / 1000),
        rows.map(({ profileId }) => profileId),
        rows.map(({ receipt }) => receipt),
      ],
      'receipts.insert',
    );
  }
}

function oneMomentOfEachMonth(rows: readonly { at: number }[]): Iterable<number> {
  const months = new Map<number, number>();
  for (const { at } of rows) {
    const date = new Date(at);
    months.set(date.getUTCFullYear() * 12 + date.getUTCMonth(), at);
  }
  return months.values();
}
