import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, unseen } from '@repartee/platform';
import type { Waiting } from '../domain/fair-share.js';

/** Origin after origin through the index, so that a long queue of one costs the others nothing. */
const LINES = `
  WITH RECURSIVE line AS (
    SELECT q.queue, f.class, f.origin FROM unnest(${unseen(1, 'text[]')}) AS q (queue) CROSS JOIN LATERAL (
      SELECT class, origin FROM delivery WHERE status = 'planned' AND queue = q.queue
      ORDER BY class, origin LIMIT 1) AS f
    UNION ALL
    SELECT line.queue, n.class, n.origin FROM line CROSS JOIN LATERAL (
      SELECT class, origin FROM delivery
      WHERE status = 'planned' AND queue = line.queue AND (class, origin) > (line.class, line.origin)
      ORDER BY class, origin LIMIT 1) AS n
  )`;

/** What of a line is due. */
const OF_LINE = `status = 'planned' AND queue = line.queue AND class = line.class AND origin = line.origin
      AND due_at <= ${unseen(2, 'timestamptz')}`;

/** Each lane asks all the time while it has something to send; planning it would take longer than it does. */
const PICK = `${LINES}
  SELECT d.id, d.profile_id AS "profileId", line.class, line.origin FROM line CROSS JOIN LATERAL (
    SELECT id, profile_id, due_at FROM delivery WHERE ${OF_LINE}
    ORDER BY due_at, id LIMIT ${unseen(3, 'int')}) AS d
  WHERE line.origin <> ALL(${unseen(4, 'text[]')})
  ORDER BY d.due_at, d.id`;

const WAITING = `${LINES}
  SELECT DISTINCT queue FROM line WHERE EXISTS (SELECT 1 FROM delivery WHERE ${OF_LINE})`;

/** The queues something waits in, by steps through the index, but those that are served. */
const LOST = `
  WITH RECURSIVE q AS (
    (SELECT queue FROM delivery WHERE status = 'planned' ORDER BY queue LIMIT 1)
    UNION ALL
    SELECT n.queue FROM q CROSS JOIN LATERAL (
      SELECT queue FROM delivery WHERE status = 'planned' AND queue > q.queue ORDER BY queue LIMIT 1) AS n
  )
  SELECT queue FROM q WHERE queue <> ALL($1::text[])`;

/** A message whose time has come. */
export type Due = Waiting & { profileId: string };

/** What is due, as the ledger has it. */
@Injectable()
export class DueQueue {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The oldest due messages of each origin in some queues: up to `limit` of each, none of the origins left out. */
  pick(queues: readonly string[], limit: number, without: readonly string[]): Promise<Due[]> {
    return this.database.query<Due>(
      PICK,
      [queues, new Date(this.clock.now()), limit, without],
      'delivery.pick',
    );
  }

  /** Those of the queues in which something is due. */
  async waiting(queues: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ queue: string }>(
      WAITING,
      [queues, new Date(this.clock.now())],
      'delivery.waiting',
    );
    return rows.map(({ queue }) => queue);
  }

  /**
   * Due messages in queues that nobody serves. Those of a channel that somebody serves go back into its queue first:
   * the connector they waited for is gone.
   */
  async unserved(
    queues: readonly string[],
    channels: readonly string[],
    limit: number,
  ): Promise<Omit<Due, 'class' | 'origin'>[]> {
    const lost = await this.database.query<{ queue: string }>(LOST, [queues], 'delivery.lost');
    if (lost.length === 0) return [];
    const names = lost.map(({ queue }) => queue);
    await this.database.query(
      `UPDATE delivery SET queue = channel
       WHERE status = 'planned' AND queue = ANY($1::text[]) AND channel = ANY($2::text[])`,
      [names, channels],
    );
    return this.database.query(
      `SELECT id, profile_id AS "profileId" FROM delivery
       WHERE status = 'planned' AND queue = ANY($1::text[]) AND due_at <= $2 LIMIT $3`,
      [names, new Date(this.clock.now()), limit],
    );
  }
}
