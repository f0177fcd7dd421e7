import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import type { AdmittedEvent, Rejection } from '../domain/admit-event.js';
import type { LoggedEvent } from '../domain/logged-event.js';
import { NOT_KEPT, RefusedTexts } from './refused-texts.js';

/** One event in quarantine. */
export interface QuarantinedEvent {
  id: string;
  receivedAt: string;
  source: string;
  code: string;
  errors: { pointer: string; detail: string }[];
  /** JSON text as it came. */
  body: string;
  verified: boolean;
  replayedAt: string | null;
}

interface Row {
  id: string;
  received_at: Date;
  source: string;
  code: string;
  errors: QuarantinedEvent['errors'];
  body: string;
  verified: boolean;
  replayed_at: Date | null;
}

type NewEntry = Pick<QuarantinedEvent, 'id' | 'source' | 'code' | 'errors' | 'body' | 'verified'> & {
  /** Milliseconds since the epoch; now unless given. */
  receivedAt?: number;
};

const INSERT = `
  INSERT INTO quarantine (id, received_at, source, code, errors, body, verified)
  SELECT id, received_at, source, code, errors::json, body, verified
  FROM unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
    AS t(received_at, id, source, code, errors, body, verified)
  ON CONFLICT (id) DO UPDATE SET errors = excluded.errors, replayed_at = NULL`;

/** What is kept of an event whose text must not be. */
export const EMPTIED = { body: 'null', errors: [{ pointer: '#', detail: NOT_KEPT }] };

/** The log still has what could not be processed: it goes back into the queue, once however often it is asked. */
const REQUEUE = `
  WITH held AS (
    UPDATE quarantine SET replayed_at = $2 WHERE id = $1 AND replayed_at IS NULL RETURNING id, received_at
  )
  INSERT INTO event_pending (id, received_at, lane)
  SELECT id, received_at, lane FROM held JOIN event_log USING (id, received_at)`;

/** JSON.stringify escapes NUL and broken surrogates, so this is always storable text. */
function jsonText(body: unknown, fallback = '""'): string {
  try {
    return JSON.stringify(body) ?? 'null';
  } catch {
    // Deep nesting overflows the writer of JSON: then the request is kept as it came.
    return fallback.replaceAll('\u0000', '\\u0000');
  }
}

/** A refused event on its way into quarantine. */
export interface RefusedEvent {
  body: unknown;
  /** The request's text: kept where the event alone cannot be written. */
  request: string;
  rejection: Rejection;
  source: string;
  verified: boolean;
}

/** Where refused events wait: kept with the reason, listed, replayed. */
@Injectable()
export class Quarantine {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RefusedTexts) private readonly texts: RefusedTexts,
  ) {}

  /** Keeps refused events. Resolves when they are durable; returns their ids, in order. */
  async add(refused: RefusedEvent[]): Promise<string[]> {
    const entries = refused.map(({ body, request, rejection, source, verified }) => ({
      id: newId(),
      source,
      code: rejection.code,
      errors: rejection.errors,
      body: jsonText(body, request),
      verified,
    }));
    await this.insert(this.database, entries);
    return entries.map((entry) => entry.id);
  }

  /** Keeps an event that the store refuses for its data. */
  async addUnstorable(event: AdmittedEvent, error: unknown): Promise<void> {
    await this.insert(this.database, [
      { ...event, code: 'INGESTION.INVALID_EVENT', errors: [reason(error)], body: event.payload },
    ]);
  }

  /** Moves an event that could not be processed out of its lane, within the caller's transaction. It keeps its id. */
  async addUnprocessable(tx: Transaction, event: LoggedEvent, error: unknown): Promise<void> {
    await this.insert(tx, [
      {
        id: event.id,
        receivedAt: event.receivedAt,
        source: event.source,
        code: 'INGESTION.PROCESSING_FAILED',
        errors: [reason(error)],
        body: jsonText(event.payload),
        verified: event.verified,
      },
    ]);
  }

  /** Newest first. `before` is the cursor: the id of the last one seen. */
  async list(options: { limit: number; before?: string; source?: string }): Promise<QuarantinedEvent[]> {
    const rows = await this.database.query<Row>(
      `SELECT * FROM quarantine
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR source = $2)
       ORDER BY id DESC LIMIT $3`,
      [options.before ?? null, options.source ?? null, options.limit],
    );
    return rows.map(toEvent);
  }

  async get(id: string): Promise<QuarantinedEvent | undefined> {
    const [row] = await this.database.query<Row>('SELECT * FROM quarantine WHERE id = $1', [id]);
    return row && toEvent(row);
  }

  /** Has an event that could not be processed tried again, as it is in the log. */
  async requeue(id: string): Promise<void> {
    await this.database.query(REQUEUE, [id, new Date(this.clock.now())]);
  }

  /** Whether an import has brought the event since it was held back from one. */
  async isImported(id: string): Promise<boolean> {
    const found = await this.database.query(
      'SELECT 1 FROM quarantine JOIN import_key ON import_key.key = quarantine.import_key WHERE id = $1',
      [id],
    );
    return found.length > 0;
  }

  /** Notes that an event has entered the log; the row of an import that it was does not enter it again. */
  async markReplayed(id: string): Promise<void> {
    await this.database.query(
      `WITH done AS (UPDATE quarantine SET replayed_at = $2 WHERE id = $1 RETURNING import_key)
       INSERT INTO import_key (key) SELECT import_key FROM done WHERE import_key IS NOT NULL ON CONFLICT DO NOTHING`,
      [id, new Date(this.clock.now())],
    );
  }

  private async insert(to: Pick<Database, 'query'>, entries: NewEntry[]): Promise<void> {
    const now = this.clock.now();
    const kept = entries.map((entry) => (this.texts.mayKeep(entry.body) ? entry : { ...entry, ...EMPTIED }));
    await to.query(INSERT, [
      kept.map((entry) => new Date(entry.receivedAt ?? now)),
      kept.map((entry) => entry.id),
      kept.map((entry) => entry.source),
      kept.map((entry) => entry.code),
      kept.map((entry) => JSON.stringify(entry.errors)),
      kept.map((entry) => entry.body),
      kept.map((entry) => entry.verified),
    ]);
  }
}

function reason(error: unknown): { pointer: string; detail: string } {
  return {
    pointer: '#',
    detail: error instanceof Error ? error.message.slice(0, 500) : 'could not be stored',
  };
}

function toEvent(row: Row): QuarantinedEvent {
  return {
    id: row.id,
    receivedAt: row.received_at.toISOString(),
    source: row.source,
    code: row.code,
    errors: row.errors,
    body: row.body,
    verified: row.verified,
    replayedAt: row.replayed_at?.toISOString() ?? null,
  };
}
