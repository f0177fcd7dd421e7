import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping } from '@repartee/platform';

const SWEEP = 60_000;

/** Which tickets were used, known to all processes. */
@Injectable()
export class SpentTickets implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting used tickets', async () => {
      await this.database.query('DELETE FROM spent_ticket WHERE expires_at < $1', [
        new Date(this.clock.now()),
      ]);
    });
  }

  /** @returns false when somebody was faster */
  async spend(id: string, expiresAt: number): Promise<boolean> {
    const spent = await this.database.query(
      'INSERT INTO spent_ticket (id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [id, new Date(expiresAt)],
    );
    return spent.length === 1;
  }
}
