import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';

/** A row that did not become events. */
export interface Refusal {
  line: number;
  column: string | null;
  reason: string;
  /** As it came; cut where it is very long. */
  raw: string;
}

interface Row {
  line: string;
  column_name: string | null;
  reason: string;
  raw: string;
}

/** Refused rows of imports. */
@Injectable()
export class RefusalStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** In the order of the file. `after` is the line of the last one seen. */
  async list(importId: string, options: { after?: number; limit: number }): Promise<Refusal[]> {
    const rows = await this.database.query<Row>(
      `SELECT line, column_name, reason, raw FROM import_refusal WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3`,
      [importId, options.after ?? 0, options.limit],
    );
    return rows.map(({ line, column_name, reason, raw }) => ({
      line: Number(line),
      column: column_name,
      reason,
      raw,
    }));
  }

  /** All of them, page by page. */
  async *all(importId: string): AsyncGenerator<Refusal> {
    const limit = 500;
    for (let after = 0; ;) {
      const page = await this.list(importId, { after, limit });
      yield* page;
      if (page.length < limit) return;
      after = page.at(-1)?.line ?? after;
    }
  }

  /** Forgets the rows of imports that ended before a time, in portions. @returns how many */
  async forget(endedBefore: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM import_refusal WHERE ctid = ANY (ARRAY(
         SELECT r.ctid FROM import_refusal r JOIN import_job j ON j.id = r.import_id
         WHERE j.finished_at < $1 AND j.state NOT IN ('queued', 'running') LIMIT 10000)) RETURNING 1`,
      [new Date(endedBefore)],
    );
    return rows.length;
  }
}
