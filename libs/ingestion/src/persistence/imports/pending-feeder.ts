import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { BackgroundLoop, Database } from '@repartee/platform';
import { EventLog } from '../event-log.js';
import { ImportRunner } from './import-runner.js';

/** Events of imports that may wait in the lanes at once: what a live event may have to wait behind. */
const AHEAD = 1000;
const REST = 40;
const REST_IDLE = 500;
/** While this process takes a file in, so many enter a second: first all is kept, then worked off. */
const AHEAD_MEANWHILE = 250;
const REST_MEANWHILE = 1000;

const MOVE = `
  WITH next AS (
    SELECT id FROM import_pending ORDER BY id
    LIMIT greatest(0, $1 - (SELECT count(*) FROM (SELECT 1 FROM event_pending LIMIT $1) AS busy))
    FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM import_pending USING next WHERE import_pending.id = next.id
    RETURNING import_pending.id, import_pending.received_at, import_pending.lane
  ), queued AS (
    INSERT INTO event_pending (id, received_at, lane) SELECT id, received_at, lane FROM gone
  )
  SELECT count(*)::int AS moved, EXISTS (SELECT 1 FROM import_pending) AS waiting FROM gone`;

/**
 * Lets events of imports into the lanes a few at a time, so that a live event never waits behind a whole file.
 * Any number of processes may do it.
 */
@Injectable()
export class PendingFeeder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PendingFeeder.name);
  private readonly loop = new BackgroundLoop({
    round: () => this.round(),
    failed: (error) => this.logger.error(error),
    pause: REST_IDLE,
  });

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventLog) private readonly log: EventLog,
    @Inject(ImportRunner) private readonly runner: ImportRunner,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Moves what there is room for. @returns how many events were moved, and whether there were any */
  async feed(ahead: number): Promise<{ moved: number; waiting: boolean }> {
    const [row] = await this.database.query<{ moved: number; waiting: boolean }>(
      MOVE,
      [ahead],
      'imports.feed',
    );
    return row ?? { moved: 0, waiting: false };
  }

  private async round(): Promise<number> {
    const pressed = this.log.underPressure;
    const { working } = this.runner;
    const { waiting } = pressed ? { waiting: true } : await this.feed(working ? AHEAD_MEANWHILE : AHEAD);
    return working ? REST_MEANWHILE : waiting ? REST : REST_IDLE;
  }
}
