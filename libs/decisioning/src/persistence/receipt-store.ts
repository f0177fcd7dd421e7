import { Injectable } from '@nestjs/common';
import { Database, MonthlyPartitions, sqlState } from '@repartee/platform';

/** A receipt on its way to the table. */
export interface ReceiptRow {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  profileId: string | null;
  /** JSON. */
  receipt: string;
}

/** Data exceptions and integrity violations: the row is at fault, and writing it again will not help. */
const DATA_ERROR = /^2[23]/;

/** The table of receipts. */
@Injectable()
export class ReceiptStore {
  private readonly partitions: MonthlyPartitions;

  constructor(private readonly database: Database) {
    this.partitions = new MonthlyPartitions(database, 'decision_receipt');
  }

  /** Makes the partitions of this month and the next, so that no decision waits for them. */
  async prepare(now: number): Promise<void> {
    const date = new Date(now);
    await this.partitions.ensure(now);
    await this.partitions.ensure(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  }

  /**
   * Writes receipts in one statement; writing one again changes nothing. A row that the database refuses is found by
   * halving, so that it does not sink the others.
   * @returns the rows that were refused
   */
  async insert(rows: readonly ReceiptRow[]): Promise<ReceiptRow[]> {
    for (const at of oneMomentOfEachMonth(rows)) await this.partitions.ensure(at);
    return this.insertOrHalve(rows);
  }

  /** The stored receipt as JSON, or `null`. */
  async find(id: string): Promise<string | null> {
    const [row] = await this.database.query<{ receipt: string }>(
      'SELECT receipt::text AS receipt FROM decision_receipt WHERE id = $1',
      [id],
    );
    return row?.receipt ?? null;
  }

  private async insertOrHalve(rows: readonly ReceiptRow[]): Promise<ReceiptRow[]> {
    try {
      await this.insertAll(rows);
      return [];
    } catch (error) {
      if (!DATA_ERROR.test(sqlState(error) ?? '')) throw error;
      if (rows.length === 1) return [...rows];
      const middle = rows.length >> 1;
      const refused = await this.insertOrHalve(rows.slice(0, middle));
      return [...refused, ...(await this.insertOrHalve(rows.slice(middle)))];
    }
  }

  /** All rows travel as one JSON text, which costs a fifth of a parameter for every value. */
  private async insertAll(rows: readonly ReceiptRow[]): Promise<void> {
    let json = '';
    for (const { id, at, profileId, receipt } of rows) {
      const profile = JSON.stringify(profileId);
      json += `${json === '' ? '[' : ','}{"id":"${id}","at":${at},"p":${profile},"r":${receipt}}`;
    }
    await this.database.query(
      `INSERT INTO decision_receipt (id, at, profile_id, receipt)
       SELECT id, to_timestamp(at / 1000), p, r
         FROM json_to_recordset($1) AS n (id uuid, at float8, p uuid, r json)
       ON CONFLICT DO NOTHING`,
      [`${json}]`],
    );
  }
}

function oneMomentOfEachMonth(rows: readonly ReceiptRow[]): Iterable<number> {
  const months = new Map<number, number>();
  for (const { at } of rows) {
    const date = new Date(at);
    months.set(date.getUTCFullYear() * 12 + date.getUTCMonth(), at);
  }
  return months.values();
}
