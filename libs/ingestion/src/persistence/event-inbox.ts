import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';
import type { AdmittedEvent } from '../domain/admit-event.js';
import { isDataError, LogWriter } from './log-writer.js';

/** Events that one statement moves into the log, about. */
const PORTION = 2_500;
/** Rows among which a portion is found. */
const LOOK_AHEAD = 200;
/** Milliseconds between looks for rows that other processes left. */
const LOOK_ROUND = 1_000;
/** One process moves events at a time, so that they enter the log in the order in which they came. */
const MOVER_LOCK = 7_365_012;

const ADD = `INSERT INTO event_inbox (id, received_at, size, events) VALUES ($1, $2, $3, $4)`;

const MOVE = `
  WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($1) AS mine),
  oldest AS MATERIALIZED (
    SELECT id, sum(size) OVER (ORDER BY id) - size AS before
    FROM (SELECT id, size FROM event_inbox WHERE (SELECT mine FROM turn) ORDER BY id LIMIT ${LOOK_AHEAD}) AS first
  ), taken AS (
    DELETE FROM event_inbox WHERE id IN (SELECT id FROM oldest WHERE before < ${PORTION}) RETURNING received_at, size, events
  ), incoming AS MATERIALIZED (
    SELECT received_at, e.*, to_timestamp(occurred / 1000.0) AS occurred_at
    FROM taken CROSS JOIN LATERAL json_to_recordset(events::json)
      AS e(id uuid, lane smallint, source text, message_id text, type text, name text, occurred bigint,
           verified boolean, traceparent text, payload json)
  ), fresh AS (
    INSERT INTO event_dedup (source, message_id, event_id, received_at)
    SELECT source, message_id, id, received_at FROM incoming ORDER BY source, message_id, id
    ON CONFLICT DO NOTHING RETURNING event_id
  ), queued AS (
    INSERT INTO event_pending (id, received_at, lane)
    SELECT id, received_at, lane FROM incoming JOIN fresh ON fresh.event_id = incoming.id
  ), logged AS (
    INSERT INTO event_log (received_at, id, lane, source, message_id, type, name, occurred_at, verified, traceparent, payload)
    SELECT received_at, id, lane, source, message_id, type, name, occurred_at, verified, traceparent, payload
    FROM incoming JOIN fresh ON fresh.event_id = incoming.id
  )
  SELECT (SELECT mine FROM turn) AND NOT EXISTS (SELECT 1 FROM oldest) AS empty,
         (SELECT coalesce(sum(size), 0)::int FROM taken) AS moved`;

/** An event as its row keeps it. */
type Kept = Omit<AdmittedEvent, 'messageId' | 'occurredAt' | 'payload'> & {
  message_id: string;
  occurred: number;
  payload: unknown;
};

/**
 * Where events wait for the log while very many come at once. A whole group is one row and one commit, a third of what
 * entering the log costs, and durable all the same; from here they enter the log in order when senders pause. Message
 * ids are compared as they enter.
 */
@Injectable()
export class EventInbox {
  private underWay = 0;
  /** Rows of this process so far, and how many there were when the inbox was last seen empty; the first stands for what a process before has left. */
  private added = 1;
  private emptyAt = 0;
  private lookedAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LogWriter) private readonly writer: LogWriter,
  ) {}

  /** Whether events of this process, or of one before it, may wait here: what comes now must not overtake them. */
  get holds(): boolean {
    return this.underWay > 0 || this.added > this.emptyAt;
  }

  /** Keeps a group. Resolves when it is durable. */
  async add(events: readonly AdmittedEvent[]): Promise<void> {
    const [first] = events;
    if (!first) return;
    this.underWay += 1;
    try {
      const receivedAt = await this.writer.receiptTime();
      await this.database.query(
        ADD,
        [first.id, receivedAt, events.length, textOf(events)],
        'event-inbox.add',
      );
    } catch (error) {
      if (!isDataError(error)) throw error;
      await this.writer.write(events);
    } finally {
      this.underWay -= 1;
      this.added += 1;
    }
  }

  /** Moves a portion into the log. @returns how many events left the inbox */
  async move(): Promise<number> {
    if (!this.holds && performance.now() - this.lookedAt < LOOK_ROUND) return 0;
    this.lookedAt = performance.now();
    const { added } = this;
    try {
      const [result] = await this.database.query<{ empty: boolean; moved: number }>(
        MOVE,
        [MOVER_LOCK],
        'event-inbox.move',
      );
      if (result?.empty) this.emptyAt = added;
      return result?.moved ?? 0;
    } catch (error) {
      if (!isDataError(error)) throw error;
      return this.moveOneByOne();
    }
  }

  /** Where something in the oldest rows cannot be stored: the writer finds it and keeps the rest. */
  private async moveOneByOne(): Promise<number> {
    const [row] = await this.database.query<{ id: string; events: string }>(
      'SELECT id, events FROM event_inbox ORDER BY id LIMIT 1',
    );
    if (!row) return 0;
    const events = eventsOf(row.events);
    await this.writer.write(events);
    await this.database.query('DELETE FROM event_inbox WHERE id = $1', [row.id]);
    return events.length;
  }
}

function textOf(events: readonly AdmittedEvent[]): string {
  let text = '';
  for (const event of events) {
    const { id, lane, source, messageId, type, name, occurredAt, verified, traceparent, payload } = event;
    text += `${text === '' ? '[' : ','}{"id":"${id}","lane":${lane},"source":${JSON.stringify(source)},"message_id":${JSON.stringify(messageId)},"type":"${type}","name":${JSON.stringify(name)},"occurred":${occurredAt},"verified":${verified},"traceparent":${JSON.stringify(traceparent)},"payload":${payload}}`;
  }
  return `${text}]`;
}

function eventsOf(text: string): AdmittedEvent[] {
  return (JSON.parse(text) as Kept[]).map(({ message_id, occurred, payload, ...event }) => ({
    ...event,
    messageId: message_id,
    occurredAt: occurred,
    payload: JSON.stringify(payload),
  }));
}
