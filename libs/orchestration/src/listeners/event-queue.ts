import { Inject, Injectable } from '@nestjs/common';
import type { HeardEvent } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';

/** Something for one connector to hear. */
export interface ForConnector {
  connector: string;
  event: HeardEvent;
  traceparent: string | null;
}

/** Something that this process tells a connector now. */
export interface Claimed {
  connector: string;
  event: HeardEvent;
  traceparent: string | null;
  /** Tries, this one counted. */
  tries: number;
}

/** What is due, oldest first; of a person only the first that is left, so that nobody's events overtake each other. */
const CLAIM = `
  UPDATE connector_event AS e SET tries = e.tries + 1, leased_until = clock_timestamp() + $4 * interval '1 millisecond'
  FROM (
    SELECT connector, id FROM connector_event AS w
    WHERE connector = $1 AND due_at <= $2 AND (leased_until IS NULL OR leased_until < clock_timestamp())
      AND NOT EXISTS (
        SELECT 1 FROM connector_event AS b WHERE b.connector = $1 AND b.subject = w.subject AND b.id < w.id)
    ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
  ) AS picked
  WHERE e.connector = picked.connector AND e.id = picked.id
  RETURNING e.connector, e.event, e.traceparent, e.tries`;

/** What connectors are still to hear, in PostgreSQL. */
@Injectable()
export class EventQueue {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Keeps each for its connector, once. */
  async add(tx: Pick<Transaction, 'query'>, items: readonly ForConnector[]): Promise<void> {
    if (items.length === 0) return;
    await tx.query(
      `INSERT INTO connector_event (connector, id, subject, at, event, traceparent, tries, due_at)
       SELECT connector, id, subject, at, event, traceparent, 0, $7
       FROM unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::json[], $6::text[])
         AS n (connector, id, subject, at, event, traceparent)
       ON CONFLICT DO NOTHING`,
      [
        items.map(({ connector }) => connector),
        items.map(({ event }) => event.id),
        items.map(({ event }) => event.subjectId),
        items.map(({ event }) => event.at),
        items.map(({ event }) => JSON.stringify(event)),
        items.map(({ traceparent }) => traceparent),
        new Date(this.clock.now()),
      ],
    );
  }

  /** Takes what is due into this process's hands for so many milliseconds. */
  claim(connector: string, limit: number, lease: number): Promise<Claimed[]> {
    const now = new Date(this.clock.now());
    return this.database.query(CLAIM, [connector, now, limit, lease], 'connector-event.claim');
  }

  /** It need not be told any more. @returns whether it was still there: who is erased takes theirs along */
  async remove(tx: Pick<Transaction, 'query'>, { connector, event }: Claimed): Promise<boolean> {
    const gone = await tx.query('DELETE FROM connector_event WHERE connector = $1 AND id = $2 RETURNING 1', [
      connector,
      event.id,
    ]);
    return gone.length > 0;
  }

  /** It is told again, in so many milliseconds. @param counts whether this was a try */
  async again({ connector, event }: Claimed, within: number, counts: boolean): Promise<void> {
    await this.database.query(
      `UPDATE connector_event SET leased_until = NULL, due_at = $3, tries = tries - $4
       WHERE connector = $1 AND id = $2`,
      [connector, event.id, new Date(this.clock.now() + within), counts ? 0 : 1],
    );
  }
}
