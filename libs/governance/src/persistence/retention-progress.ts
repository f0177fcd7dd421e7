import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';

/** A place in a log: all before and at it is done. */
export interface LogPlace {
  at: Date;
  id: string;
}

const START: LogPlace = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** How far each rule has come that changes records instead of removing them. */
@Injectable()
export class RetentionProgress {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(rule: string): Promise<LogPlace> {
    const [row] = await this.database.query<{ done_until: Date; after_id: string }>(
      'SELECT done_until, after_id FROM retention_progress WHERE rule = $1',
      [rule],
    );
    return row ? { at: row.done_until, id: row.after_id } : START;
  }

  async write(tx: Transaction, rule: string, { at, id }: LogPlace): Promise<void> {
    await tx.query(
      `INSERT INTO retention_progress (rule, done_until, after_id) VALUES ($1, $2, $3)
       ON CONFLICT (rule) DO UPDATE SET done_until = excluded.done_until, after_id = excluded.after_id`,
      [rule, at, id],
    );
  }
}
