import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, GroupCommit, Housekeeping, MonthlyPartitions, sqlState } from '@repartee/platform';
import type { AdmittedEvent } from '../domain/admit-event.js';
import { Quarantine } from './quarantine.js';

/** An event of the log, for people who watch it arrive. */
export interface RecentEvent {
  id: string;
  receivedAt: string;
  occurredAt: string;
  source: string;
  type: string;
  name: string | null;
  messageId: string;
  verified: boolean;
  payload: unknown;
}

type RecentRow = Omit<RecentEvent, 'messageId' | 'receivedAt' | 'occurredAt'> & {
  message_id: string;
  received_at: Date;
  occurred_at: Date;
};

/** Beyond this many events that wait for their commit, new ones are refused: accepted must mean durable soon. */
const MAX_WAITING = 50_000;
const MAX_GROUP = 2_500;
const HOUR = 3_600_000;
/** Message ids are remembered for this long; senders retry for hours, not weeks. */
const REMEMBER = 14 * 24 * HOUR;

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

function append(receivedAt: Date, events: AdmittedEvent[]): unknown[] {
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

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** SQLSTATE class 22: the data itself cannot be stored, however often it is tried. */
function isDataError(error: unknown): boolean {
  return sqlState(error)?.startsWith('22') ?? false;
}

/** The durable event log. */
@Injectable()
export class EventLog implements OnModuleInit {
  private readonly commits: GroupCommit<AdmittedEvent>;
  private readonly partitions: MonthlyPartitions;
  private readonly listeners: (() => void)[] = [];
  private carefulUntil = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {
    this.partitions = new MonthlyPartitions(database, 'event_log');
    this.commits = new GroupCommit({ write: (events) => this.write(events), maxItems: MAX_GROUP });
  }

  onModuleInit(): void {
    this.housekeeping.every(HOUR, 'forgetting old message ids', () => this.forgetMessageIds());
  }

  /** Calls `listener` after each commit: there may be something to process. */
  onAppended(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Events accepted and not yet durable. */
  get waiting(): number {
    return this.commits.pending;
  }

  /** Resolves once all of `events` are durable. A message id that was seen before changes nothing. */
  async append(events: AdmittedEvent[]): Promise<Result<void>> {
    if (events.length === 0) return ok(undefined);
    if (this.commits.pending + events.length > MAX_WAITING) return overloaded('The queue of events is full.');
    try {
      await this.commits.add(events);
      return ok(undefined);
    } catch (error) {
      if (sqlState(error) === undefined && !(error instanceof Error)) throw error;
      return overloaded(
        'The event log cannot be written at the moment; nothing of this request was accepted for sure.',
      );
    }
  }

  /** The ids under which messages were first logged: not the ones just sent, when a message was known before. */
  async idsOf(events: Pick<AdmittedEvent, 'source' | 'messageId'>[]): Promise<string[]> {
    const rows = await this.database.query<{ event_id: string }>(
      `SELECT event_id FROM event_dedup JOIN unnest($1::text[], $2::text[]) AS wanted(source, message_id)
         USING (source, message_id) ORDER BY event_id`,
      [events.map((event) => event.source), events.map((event) => event.messageId)],
    );
    return rows.map((row) => row.event_id);
  }

  /** The newest events, as they were received. */
  async recent(options: { limit: number; source?: string }): Promise<RecentEvent[]> {
    const rows = await this.database.query<RecentRow>(
      `SELECT id, received_at, occurred_at, source, type, name, message_id, verified, payload FROM event_log
       WHERE ($1::text IS NULL OR source = $1) ORDER BY received_at DESC, id DESC LIMIT $2`,
      [options.source ?? null, options.limit],
    );
    return rows.map(({ received_at, occurred_at, message_id, ...row }) => ({
      ...row,
      messageId: message_id,
      receivedAt: received_at.toISOString(),
      occurredAt: occurred_at.toISOString(),
    }));
  }

  /** In portions, so that no statement holds its locks for long. */
  private async forgetMessageIds(): Promise<void> {
    for (let deleted = 1; deleted > 0;) {
      const rows = await this.database.query(
        `DELETE FROM event_dedup WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM event_dedup WHERE received_at < $1 LIMIT 10000)) RETURNING 1`,
        [new Date(this.clock.now() - REMEMBER)],
      );
      deleted = rows.length;
    }
  }

  private async write(events: AdmittedEvent[]): Promise<void> {
    const unique = new Map(events.map((event) => [`${event.source}\u0000${event.messageId}`, event]));
    await this.insert([...unique.entries()].sort(byKey).map(([, event]) => event));
    for (const listener of this.listeners) listener();
  }

  /** Keys are inserted in order, so that concurrent groups do not deadlock. */
  private async insert(events: AdmittedEvent[]): Promise<void> {
    const receivedAt = new Date(this.clock.now());
    await this.partitions.ensure(receivedAt.getTime());
    const careful = performance.now() < this.carefulUntil;
    try {
      const [sql, name] = careful ? [APPEND_UNKNOWN, 'event-log.unknown'] : [APPEND_NEW, 'event-log.new'];
      await this.database.query(sql, append(receivedAt, events), name);
    } catch (error) {
      const state = sqlState(error);
      if (state === DEADLOCK) return this.insert(events);
      if (state === UNIQUE_VIOLATION && !careful) {
        this.carefulUntil = performance.now() + CAREFUL;
        return this.insert(events);
      }
      await this.bisect(events, error);
    }
  }

  /** Halves a group that fails on its data until the one bad event is found; that one goes to quarantine. */
  private async bisect(events: AdmittedEvent[], error: unknown): Promise<void> {
    const [first] = events;
    if (!isDataError(error) || !first) throw error;
    if (events.length === 1) return this.quarantine.addUnstorable(first, error);
    const middle = events.length >> 1;
    await this.insert(events.slice(0, middle));
    await this.insert(events.slice(middle));
  }
}

function overloaded(detail: string): Result<void> {
  return fail(failure('INGESTION.OVERLOADED', detail, { retryAfter: 1 }));
}
