import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, type Transaction } from '@repartee/platform';
import type { Pause } from '../domain/gate.js';

/** What has been stopped. */
@Injectable()
export class Pauses {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  list(tx: Pick<Transaction, 'query'> = this.database): Promise<Pause[]> {
    return tx.query<Pause>('SELECT scope, key FROM outbound_pause', [], 'pause.list');
  }

  async pause({ scope, key }: Pause): Promise<void> {
    await this.database.query(
      'INSERT INTO outbound_pause (scope, key, paused_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [scope, key, new Date(this.clock.now())],
    );
  }

  /** Lets go on; what was held by it is looked at again at once. */
  async resume({ scope, key }: Pause): Promise<void> {
    await this.database.query('DELETE FROM outbound_pause WHERE scope = $1 AND key = $2', [scope, key]);
    await this.database.query(
      `UPDATE delivery SET due_at = $1, reason = NULL
       WHERE status = 'planned' AND reason LIKE 'paused:%' AND due_at > $1`,
      [new Date(this.clock.now())],
    );
  }

  /** Attempts under way within a scope: what left before the pause and has no answer yet. */
  async underWay({ scope, key }: Pause): Promise<number> {
    const within = {
      all: '$1::text IS NOT NULL',
      channel: 'd.channel = $1',
      connector: 'a.connector = $1',
      campaign: 'd.origin = $1',
      offer: 'd.offer = $1',
    }[scope];
    const [row] = await this.database.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
       WHERE a.finished_at IS NULL AND (${within})`,
      [key],
    );
    return row?.open ?? 0;
  }
}
