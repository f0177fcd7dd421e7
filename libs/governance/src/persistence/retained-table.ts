import type { Database } from '@repartee/platform';
import { Retained } from '../api/retained.js';
import type { Cutoff, RetainedKind } from '../domain/index.js';

/** A table of records that age. Names come from code, never from input. */
export interface AgingTable {
  kind: RetainedKind;
  table: string;
  /** Columns of the primary key. */
  key: readonly string[];
  /** Timestamp by which a record is old. */
  at: string;
  /** Column with the source, where there is one. */
  source?: string;
  /** Partitioned by month over `at`: a month that is past as a whole is dropped. */
  partitioned?: boolean;
  /** Table whose rows go with these: its name and the column that names ours. */
  with?: { table: string; column: string };
}

/** Milliseconds to wait for writers before a drop gives up until the next time. */
const LOCK_WAIT = 1000;

interface Partition {
  name: string;
  bound: string;
}

/** Removes old rows of a table, oldest first. */
export class RetainedTable extends Retained {
  readonly kind: RetainedKind;

  constructor(
    private readonly database: Database,
    private readonly aging: AgingTable,
  ) {
    super();
    this.kind = aging.kind;
  }

  override async count(cutoff: Cutoff): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${this.aging.table} WHERE ${this.condition(cutoff)}`,
      this.parameters(cutoff),
    );
    return row?.count ?? 0;
  }

  override async remove(cutoff: Cutoff, limit: number): Promise<number> {
    const { table, key, at, partitioned, with: together } = this.aging;
    const dropped = partitioned && !this.bySource(cutoff) ? await this.dropMonths(cutoff.before) : 0;
    const columns = key.join(', ');
    const gone = `WITH gone AS (
      DELETE FROM ${table} WHERE (${columns}) IN (
        SELECT ${columns} FROM ${table} WHERE ${this.condition(cutoff)} ORDER BY ${at} LIMIT ${limit}
        FOR UPDATE SKIP LOCKED)
      RETURNING ${key[0]}${together ? '' : ' AS one'})`;
    const sql = together
      ? `${gone}, others AS (DELETE FROM ${together.table} o USING gone WHERE o.${together.column} = gone.${key[0]})
         SELECT 1 FROM gone`
      : `${gone} SELECT 1 FROM gone`;
    const rows = await this.database.query(sql, this.parameters(cutoff));
    return dropped + rows.length;
  }

  private bySource({ source, except }: Cutoff): boolean {
    return this.aging.source !== undefined && (source !== null || except.length > 0);
  }

  private condition(cutoff: Cutoff): string {
    const { at, source } = this.aging;
    if (source === undefined || !this.bySource(cutoff)) return `${at} < $1`;
    return `${at} < $1 AND ($2::text IS NULL OR ${source} = $2) AND NOT ${source} = ANY($3)`;
  }

  private parameters(cutoff: Cutoff): unknown[] {
    return this.bySource(cutoff) ? [cutoff.before, cutoff.source, cutoff.except] : [cutoff.before];
  }

  /** @returns how many records went with the months */
  private async dropMonths(before: Date): Promise<number> {
    const partitions = await this.database.query<Partition>(
      `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass`,
      [this.aging.table],
    );
    let records = 0;
    for (const { name, bound } of partitions) {
      const end = Date.parse(/TO \('([^']+)'\)/.exec(bound)?.[1] ?? '');
      if (!(end <= before.getTime())) continue;
      records += await this.database.transaction(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = ${LOCK_WAIT}`);
        const [row] = await tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`);
        await tx.query(`DROP TABLE "${name}"`);
        return row?.count ?? 0;
      });
    }
    return records;
  }
}
