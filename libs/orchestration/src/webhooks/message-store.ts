import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  CONFIG,
  type Config,
  Database,
  type Happening,
  newId,
  type Transaction,
} from '@repartee/platform';
import { wantsSql } from './event-types.js';
import type { Verdict } from './verdict.js';

/** A message whose time has come. */
export interface DueMessage {
  id: string;
  body: string;
  /** Tries before this one. */
  tries: number;
}

/** One try, as the log shows it. */
export interface AttemptRecord {
  id: string;
  messageId: string;
  type: string;
  at: Date;
  /** Null where there was no answer. */
  status: number | null;
  latencyMs: number;
  excerpt: string;
  nextAt: Date | null;
}

/** What a try came to. */
export interface Tried {
  endpointId: string;
  messageId: string;
  at: number;
  status: number | null;
  latencyMs: number;
  excerpt: string;
  verdict: Verdict;
}

/** Due messages, oldest first. Of a subject in order only the first that waits. */
const DUE = `
  SELECT m.id, m.body, m.tries FROM webhook_message m
  WHERE m.endpoint_id = $1 AND m.status = 'waiting' AND m.due_at <= $2 AND m.id <> ALL($3::uuid[])
    AND NOT ($4 AND EXISTS (
      SELECT 1 FROM webhook_message e
      WHERE e.endpoint_id = m.endpoint_id AND e.subject = m.subject AND e.status = 'waiting' AND e.id < m.id))
  ORDER BY m.due_at, m.id LIMIT $5`;

/** What is to be told, to whom, and how that went. */
@Injectable()
export class MessageStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /**
   * Keeps what happened for each endpoint that wants to hear of it, or for one alone. What an endpoint has stays as it is.
   */
  async add(
    to: Pick<Transaction, 'query'>,
    happenings: readonly Happening[],
    onlyTo: string | null = null,
  ): Promise<void> {
    if (happenings.length === 0) return;
    await to.query(
      `INSERT INTO webhook_message (id, endpoint_id, type, subject, at, body, status, tries, due_at)
       SELECT h.id, e.id, h.type, h.subject, h.at, h.body, 'waiting', 0, $6
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) AS h (id, type, subject, at, body)
       JOIN webhook_endpoint e ON CASE WHEN $7::uuid IS NULL THEN e.enabled AND ${wantsSql('e', 'h.type')} ELSE e.id = $7 END
       ON CONFLICT DO NOTHING`,
      [
        happenings.map(({ id }) => id),
        happenings.map(({ type }) => type),
        happenings.map(({ subject }) => subject),
        happenings.map(({ at }) => new Date(at).toISOString()),
        happenings.map((happening) => this.bodyOf(happening)),
        this.now(),
        onlyTo,
      ],
    );
  }

  due(
    endpointId: string,
    options: { underWay: readonly string[]; ordered: boolean; limit: number },
  ): Promise<DueMessage[]> {
    const { underWay, ordered, limit } = options;
    return this.database.query(DUE, [endpointId, this.now(), underWay, ordered, limit], 'webhook.due');
  }

  /** Writes down a try and what follows from it, for the message and its endpoint. */
  async settle(tried: Tried): Promise<void> {
    const { endpointId, messageId, verdict } = tried;
    const at = new Date(tried.at);
    const next = verdict.message === 'waiting' ? new Date(this.clock.now() + verdict.retryIn) : null;
    await this.database.transaction(async (tx) => {
      const there = await tx.query(
        `UPDATE webhook_message SET status = $3, tries = tries + 1, due_at = coalesce($4, due_at)
         WHERE id = $2 AND endpoint_id = $1 RETURNING 1`,
        [endpointId, messageId, verdict.message, next],
      );
      if (there.length === 0) return;
      await tx.query(
        `INSERT INTO webhook_attempt (id, endpoint_id, message_id, at, status, latency_ms, excerpt, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [newId(), endpointId, messageId, at, tried.status, tried.latencyMs, tried.excerpt, next],
      );
      if (verdict.message === 'delivered')
        await tx.query(
          'UPDATE webhook_endpoint SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL',
          [endpointId],
        );
      else
        await tx.query(
          `UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, $2),
             enabled = enabled AND $3::text IS NULL, disabled_reason = coalesce($3, disabled_reason),
             version = version + CASE WHEN enabled AND $3::text IS NOT NULL THEN 1 ELSE 0 END
           WHERE id = $1`,
          [endpointId, at, verdict.disable ?? null],
        );
    });
  }

  /** Newest first. */
  async attempts(
    endpointId: string,
    page: { before?: string; messageId?: string; limit: number },
  ): Promise<AttemptRecord[]> {
    return this.database.query(
      `SELECT a.id, a.message_id AS "messageId", m.type, a.at, a.status, a.latency_ms AS "latencyMs", a.excerpt,
         a.next_at AS "nextAt"
       FROM webhook_attempt a JOIN webhook_message m ON m.id = a.message_id AND m.endpoint_id = a.endpoint_id
       WHERE a.endpoint_id = $1 AND ($2::uuid IS NULL OR a.id < $2) AND ($3::uuid IS NULL OR a.message_id = $3)
       ORDER BY a.id DESC LIMIT $4`,
      [endpointId, page.before ?? null, page.messageId ?? null, page.limit],
    );
  }

  /** Sends the message of an attempt again. @returns its id; undefined where there is none */
  async replay(endpointId: string, attemptId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }>(
      `UPDATE webhook_message m SET status = 'waiting', tries = 0, due_at = $3 FROM webhook_attempt a
       WHERE a.id = $2 AND a.endpoint_id = $1 AND m.id = a.message_id AND m.endpoint_id = $1 RETURNING m.id`,
      [endpointId, attemptId, this.now()],
    );
    return row?.id;
  }

  /** Sends again what happened since a moment. @returns how many messages */
  async replaySince(endpointId: string, since: Date, failedOnly: boolean): Promise<number> {
    const rows = await this.database.query(
      `UPDATE webhook_message SET status = 'waiting', tries = 0, due_at = $3
       WHERE endpoint_id = $1 AND at >= $2 AND (NOT $4 OR status = 'failed') RETURNING 1`,
      [endpointId, since, this.now(), failedOnly],
    );
    return rows.length;
  }

  /** As CloudEvents 1.0 in JSON, with the `timestamp` of Standard Webhooks beside. */
  private bodyOf({ id, type, subject, at, data }: Happening): string {
    const time = new Date(at).toISOString();
    const source = this.config.publicUrl;
    return JSON.stringify({ specversion: '1.0', id, source, type, time, timestamp: time, subject, data });
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
