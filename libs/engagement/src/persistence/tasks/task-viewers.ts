import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping } from '@repartee/platform';

/** Milliseconds for which somebody counts as looking; a desk says so again every 20 s. */
const LASTS = 30_000;
const SWEEP = 300_000;

/** Who looks at a task just now, so that two do not begin the same. */
@Injectable()
export class TaskViewers implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting who looked at tasks', async () => {
      await this.database.query('DELETE FROM task_viewer WHERE expires_at < $1', [this.at(0)]);
    });
  }

  /** @returns the others who look at it */
  async look(taskId: string, agent: string): Promise<string[]> {
    await this.database.query(
      `INSERT INTO task_viewer (task_id, agent, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT (task_id, agent) DO UPDATE SET expires_at = excluded.expires_at`,
      [taskId, agent, this.at(LASTS)],
    );
    const rows = await this.database.query<{ agent: string }>(
      'SELECT agent FROM task_viewer WHERE task_id = $1 AND agent <> $2 AND expires_at > $3 ORDER BY agent LIMIT 20',
      [taskId, agent, this.at(0)],
    );
    return rows.map((row) => row.agent);
  }

  private at(later: number): Date {
    return new Date(this.clock.now() + later);
  }
}
