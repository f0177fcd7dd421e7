import { fail, failure, ok, type Result } from '@repartee/contracts';
import { BackgroundLoop } from '../background-loop/index.js';
import { type Clock, MovableClock } from '../clock/index.js';
import type { Database } from '../database/index.js';

/** Milliseconds until another process has heard of a move at the latest. */
const FOLLOWS_WITHIN = 250;
/** A century, so that no date leaves what databases and languages can hold. */
const FARTHEST = 100 * 366 * 86_400_000;

/** What the time is, and how far it is ahead of the system's; both in milliseconds. */
export interface BusinessTime {
  now: number;
  ahead: number;
  /** Whether it can be moved here. */
  movable: boolean;
}

/**
 * Moves business time forward, for all processes on one database, and follows when another process did. Only where the
 * clock can be moved: a sandbox. Elsewhere time is the system's.
 */
export class TimeTravel {
  private readonly follower = new BackgroundLoop({
    round: async () => {
      await this.follow();
      return FOLLOWS_WITHIN;
    },
    failed: (error) => this.failed(error),
    pause: FOLLOWS_WITHIN * 4,
  });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly failed: (error: unknown) => void,
  ) {}

  get time(): BusinessTime {
    const { clock } = this;
    const movable = clock instanceof MovableClock;
    return { now: clock.now(), ahead: movable ? clock.offset : 0, movable };
  }

  /** Time is right from here on. */
  async start(): Promise<void> {
    if (!(this.clock instanceof MovableClock)) return;
    await this.follow();
    this.follower.start();
  }

  /** @param by milliseconds, more than 0 */
  async forward(by: number): Promise<Result<BusinessTime>> {
    const { clock } = this;
    if (!(clock instanceof MovableClock))
      return fail(failure('CLOCK.FIXED', 'Time is moved in a sandbox only'));
    const [row] = await this.database.query<{ ahead: string }>(
      `INSERT INTO clock_offset AS stored (id, ahead) VALUES (1, $1)
       ON CONFLICT (id) DO UPDATE SET ahead = stored.ahead + $1 WHERE stored.ahead + $1 <= $2
       RETURNING ahead`,
      [by, FARTHEST],
    );
    if (!row) return fail(failure('CLOCK.TOO_FAR', 'Business time is a century ahead at most'));
    clock.moveTo(Number(row.ahead));
    return ok(this.time);
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  private async follow(): Promise<void> {
    if (!(this.clock instanceof MovableClock)) return;
    const [row] = await this.database.query<{ ahead: string }>(
      `SELECT ahead FROM clock_offset WHERE id = 1`,
      [],
      'clock_offset',
    );
    if (row) this.clock.moveTo(Number(row.ahead));
  }
}
