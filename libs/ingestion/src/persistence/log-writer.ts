import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, MonthlyPartitions, sqlState } from '@repartee/platform';
import type { AdmittedEvent } from '../domain/admit-event.js';
import { Quarantine } from './quarantine.js';

/** Payloads come as one JSON list: an array of text would have every quote escaped here and read back there. */
const INCOMING = `
  incoming AS MATERIALIZED (
    SELECT * FROM ROWS FROM (
      unnest($2::uuid[]), unnest($3::smallint[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
      unnest($7::text[]), unnest($8::timestamptz[]), unnest($9::boolean[]), unnest($10::text[]),
      json_array_elements($11::json)
    ) AS t(id, lane, source, message_id, type, name, occurred_at, verified, traceparent, payload)
  )`;
const INTO_LOG = `
  INSERT INTO event_log (received_at, id, lane, source, message_id, type, name, occurred_at, verified, traceparent, payload)
  SELECT $1, id, lane, source, message_id, type, name, occurred_at, verified, traceparent, payload`;

/** One statement, so one commit, for events none of which was seen before: what nearly always comes. */
const APPEND_NEW = `
  WITH ${INCOMING}, known AS (
    INSERT INTO event_dedup (source, message_id, event_id, received_at)
    SELECT source, message_id, id, $1 FROM incoming
  ), queued AS (
    INSERT INTO event_pending (id, received_at, lane) SELECT id, $1, lane FROM incoming
  )
  ${INTO_LOG} FROM incoming`;

/** The same where some message ids may be known: only what is new enters. */
const APPEND_UNKNOWN = `
  WITH ${INCOMING}, fresh AS (
    INSERT INTO event_dedup (source, message_id, event_id, received_at)
    SELECT source, message_id, id, $1 FROM incoming
    ON CONFLICT DO NOTHING RETURNING event_id
  ), queued AS (
    INSERT INTO event_pending (id, received_at, lane)
    SELECT id, $1, lane FROM incoming JOIN fresh ON fresh.event_id = incoming.id
  )
  ${INTO_LOG} FROM incoming JOIN fresh ON fresh.event_id = incoming.id`;

/** Where one group repeated a message, the next ones may: milliseconds for which the careful statement is used. */
const CAREFUL = 5_000;
const UNIQUE_VIOLATION = '23505';
const DEADLOCK = '40P01';

function parameters(receivedAt: Date, events: readonly AdmittedEvent[]): unknown[] {
  return [
    receivedAt,
    events.map((event) => event.id),
    events.map((event) => event.lane),
    events.map((event) => event.source),
    events.map((event) => event.messageId),
    events.map((event) => event.type),
    events.map((event) => event.name),
    events.map((event) => new Date(event.occurredAt).toISOString()),
    events.map((event) => event.verified),
    events.map((event) => event.traceparent),
    `[${events.map((event) => event.payload).join(',')}]`,
  ];
}

/** SQLSTATE class 22: the data itself cannot be stored, however often it is tried. */
export function isDataError(error: unknown): boolean {
  return sqlState(error)?.startsWith('22') ?? false;
}

/** Writes events into the log, the queue of their lanes and the memory of message ids, all in one commit. */
@Injectable()
export class LogWriter {
  private readonly partitions: MonthlyPartitions;
  private carefulUntil = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
  ) {
    this.partitions = new MonthlyPartitions(database, 'event_log');
  }

  /** Writes a group in the order given: the same for all writers, so that concurrent groups do not deadlock. */
  async write(events: readonly AdmittedEvent[]): Promise<void> {
    const receivedAt = await this.receiptTime();
    const careful = performance.now() < this.carefulUntil;
    try {
      const [sql, name] = careful ? [APPEND_UNKNOWN, 'event-log.unknown'] : [APPEND_NEW, 'event-log.new'];
      await this.database.query(sql, parameters(receivedAt, events), name);
    } catch (error) {
      const state = sqlState(error);
      if (state === DEADLOCK) return this.write(events);
      if (state === UNIQUE_VIOLATION && !careful) {
        this.carefulUntil = performance.now() + CAREFUL;
        return this.write(events);
      }
      await this.bisect(events, error);
    }
  }

  /** Now, with a partition of the log to receive in. */
  async receiptTime(): Promise<Date> {
    const now = this.clock.now();
    await this.partitions.ensure(now);
    return new Date(now);
  }

  /** Halves a group that fails on its data until the one bad event is found; that one goes to quarantine. */
  private async bisect(events: readonly AdmittedEvent[], error: unknown): Promise<void> {
    const [first] = events;
    if (!isDataError(error) || !first) throw error;
    if (events.length === 1) return this.quarantine.addUnstorable(first, error);
    const middle = events.length >> 1;
    await this.write(events.slice(0, middle));
    await this.write(events.slice(middle));
  }
}
