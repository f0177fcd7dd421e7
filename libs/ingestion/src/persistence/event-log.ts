import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, GroupCommit, Housekeeping, sqlState } from '@repartee/platform';
import type { AdmittedEvent } from '../domain/admit-event.js';
import { EventInbox } from './event-inbox.js';
import { LogWriter } from './log-writer.js';

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

/** An event as the driver gives it. */
export type RecentRow = Omit<RecentEvent, 'messageId' | 'receivedAt' | 'occurredAt'> & {
  message_id: string;
  received_at: Date;
  occurred_at: Date;
};

/** Beyond this many events that wait for their commit, new ones are refused: accepted must mean durable soon. */
const MAX_WAITING = 50_000;
const MAX_GROUP = 2_500;
/** Events that wait for their commit; from so many on, senders go first and all else comes later. */
const PRESSURE = 64;
/** Milliseconds between looks for events that have yet to enter the log. */
const LOOK = 10;
const HOUR = 3_600_000;
/** Message ids are remembered for this long; senders retry for hours, not weeks. */
const REMEMBER = 14 * 24 * HOUR;

const DONE = Promise.resolve(ok(undefined));

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

export function toSeenEvent({ received_at, occurred_at, message_id, ...row }: RecentRow): RecentEvent {
  return {
    ...row,
    messageId: message_id,
    receivedAt: received_at.toISOString(),
    occurredAt: occurred_at.toISOString(),
  };
}

/** The durable event log. */
@Injectable()
export class EventLog implements OnModuleInit {
  private readonly commits: GroupCommit<AdmittedEvent>;
  private readonly listeners: (() => void)[] = [];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LogWriter) private readonly writer: LogWriter,
    @Inject(EventInbox) private readonly inbox: EventInbox,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {
    this.commits = new GroupCommit({ write: (events) => this.write(events), maxItems: MAX_GROUP });
  }

  onModuleInit(): void {
    this.housekeeping.every(HOUR, 'forgetting old message ids', () => this.forgetMessageIds());
  }

  /** Calls `listener` after each commit: there may be something to process. */
  onAppended(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** So much comes in that all else has to wait. */
  get underPressure(): boolean {
    return this.commits.pending >= PRESSURE;
  }

  /** Resolves once all of `events` are durable. A message id that was seen before changes nothing. */
  append(events: AdmittedEvent[]): Promise<Result<void>> {
    if (events.length === 0) return DONE;
    if (this.commits.pending + events.length > MAX_WAITING)
      return Promise.resolve(overloaded('The queue of events is full.'));
    return this.commits.add(events).then(() => DONE, notWritten);
  }

  /**
   * The ids under which messages were first logged: not the ones just sent, when a message was known before.
   * Waits for those that have yet to enter the log, until `deadline` (as `performance.now()` counts).
   */
  async idsOf(events: Pick<AdmittedEvent, 'source' | 'messageId'>[], deadline: number): Promise<string[]> {
    for (;;) {
      const late = !this.inbox.holds || performance.now() >= deadline;
      const ids = await this.loggedIds(events);
      if (late || ids.length >= events.length) return ids;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  /** The newest events, as they were received. */
  async recent(options: { limit: number; source?: string }): Promise<RecentEvent[]> {
    const rows = await this.database.query<RecentRow>(
      `SELECT id, received_at, occurred_at, source, type, name, message_id, verified, payload FROM event_log
       WHERE ($1::text IS NULL OR source = $1) ORDER BY received_at DESC, id DESC LIMIT $2`,
      [options.source ?? null, options.limit],
    );
    return rows.map(toSeenEvent);
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

  private async loggedIds(events: Pick<AdmittedEvent, 'source' | 'messageId'>[]): Promise<string[]> {
    const rows = await this.database.query<{ event_id: string }>(
      `SELECT event_id FROM event_dedup JOIN unnest($1::text[], $2::text[]) AS wanted(source, message_id)
         USING (source, message_id) ORDER BY event_id`,
      [events.map((event) => event.source), events.map((event) => event.messageId)],
    );
    return rows.map((row) => row.event_id);
  }

  private async write(events: AdmittedEvent[]): Promise<void> {
    const unique = new Map(events.map((event) => [`${event.source}\u0000${event.messageId}`, event]));
    const sorted = [...unique.entries()].sort(byKey).map(([, event]) => event);
    if (this.inbox.holds || this.underPressure) await this.inbox.add(sorted);
    else await this.writer.write(sorted);
    for (const listener of this.listeners) listener();
  }
}

function overloaded(detail: string): Result<void> {
  return fail(failure('INGESTION.OVERLOADED', detail, { retryAfter: 1 }));
}

function notWritten(error: unknown): Result<void> {
  if (sqlState(error) === undefined && !(error instanceof Error)) throw error;
  return overloaded(
    'The event log cannot be written at the moment; nothing of this request was accepted for sure.',
  );
}
