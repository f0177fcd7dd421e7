import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping } from '@repartee/platform';

/** How a queue stands. */
export interface QueueStats {
  queue: string;
  /** Tasks that are due and nobody has, and calls that ring. */
  waiting: number;
  /** Seconds the oldest of them has waited; null where none waits. */
  oldestSeconds: number | null;
  claimed: number;
  agentsAvailable: number;
  /** Agents who are free beyond what waits. */
  capacity: number;
  /** Seconds a task took on average, of those done in the last 24 hours; null where there were none. */
  averageHandlingSeconds: number | null;
}

interface Row {
  queue: string;
  waiting: number;
  oldest: Date | null;
  claimed: number;
  agents: number;
  handling: number | null;
}

const REFRESH = 1000;
const DAY = 86_400_000;
/** A call that rings longer than this rings no more. */
const RINGS = 3_600_000;

const STATS = `
  WITH work AS (
    SELECT queue, due_at AS since, coalesce(lease_until > $1, false) AS held FROM task WHERE state = 'open' AND due_at <= $1
    UNION ALL
    SELECT queue, last_at, false FROM call WHERE status = 'ringing' AND queue IS NOT NULL AND last_at > $3
  ), at_work AS (
    SELECT agent, queues FROM agent_presence WHERE state = 'available' AND expires_at > $1
  ), named AS (
    SELECT queue FROM work UNION SELECT json_array_elements_text(queues) FROM at_work UNION SELECT unnest($2::text[])
  )
  SELECT n.queue,
    (SELECT count(*)::int FROM work w WHERE w.queue = n.queue AND NOT w.held) AS waiting,
    (SELECT min(since) FROM work w WHERE w.queue = n.queue AND NOT w.held) AS oldest,
    (SELECT count(*)::int FROM work w WHERE w.queue = n.queue AND w.held) AS claimed,
    (SELECT count(*)::int FROM at_work a WHERE json_array_length(a.queues) = 0
       OR n.queue IN (SELECT json_array_elements_text(a.queues))) AS agents,
    (SELECT extract(epoch FROM avg(completed_at - claimed_at))::float8 FROM task t
      WHERE t.queue = n.queue AND t.state = 'done' AND t.completed_at > $4 AND t.claimed_at IS NOT NULL) AS handling
  FROM named n`;

/** Counts what waits and who is there. */
@Injectable()
export class QueueStatistics implements OnModuleInit {
  private capacities: Readonly<Record<string, number>> = {};
  private wanted = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(REFRESH, 'counting who is free', async () => {
      if (this.wanted) await this.refresh();
    });
  }

  async of(queue: string): Promise<QueueStats> {
    const found = (await this.read([queue])).find((one) => one.queue === queue);
    if (!found) throw new Error(`the queue ${queue} was not counted`);
    return found;
  }

  /** Every queue in which something waits or somebody is at work. */
  every(): Promise<QueueStats[]> {
    return this.read([]);
  }

  /** Free agents by queue, at most about a second old. From memory; counted from the first time on that it is asked for. */
  get capacity(): Readonly<Record<string, number>> {
    this.wanted = true;
    return this.capacities;
  }

  /** Counts now. */
  async refresh(): Promise<void> {
    const stats = await this.every();
    this.capacities = Object.fromEntries(stats.map(({ queue, capacity }) => [queue, capacity]));
  }

  private async read(queues: readonly string[]): Promise<QueueStats[]> {
    const now = this.clock.now();
    const rows = await this.database.query<Row>(
      STATS,
      [new Date(now), queues, new Date(now - RINGS), new Date(now - DAY)],
      'queue.stats',
    );
    return rows.map(({ queue, waiting, oldest, claimed, agents, handling }) => ({
      queue,
      waiting,
      oldestSeconds: oldest && Math.max(0, Math.round((now - oldest.getTime()) / 1000)),
      claimed,
      agentsAvailable: agents,
      capacity: Math.max(0, agents - claimed - waiting),
      averageHandlingSeconds: handling === null ? null : Math.round(handling),
    }));
  }
}
