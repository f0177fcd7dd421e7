import { fail, failure, ok, type Failure, type Result } from '@repartee/contracts';
import { validate as isUuid } from 'uuid';
import type { Clock } from '../clock/index.js';
import type { Database, Transaction } from '../database/index.js';
import { newId } from '../ids/index.js';
import {
  type Buried,
  DeadLetters,
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetterQuery,
} from './dead-letters.js';
import { toCloudEvent } from './message-event.js';
import { readableReason } from './outbox.js';
import { slotAt } from './slots.js';
import type { WakeUp } from './wake-up.js';

const COLUMNS = `id, type, event, attempts, cause, reason, failed_at AS "failedAt", replayed_at AS "replayedAt"`;
const STATES = { waiting: 'replayed_at IS NULL', replayed: 'replayed_at IS NOT NULL', all: 'true' };
const MOST = 200;
/** CloudEvents `source` of what was never on the bus. */
const SOURCE = '/repartee/core';

const REPLAY = `
  WITH letter AS (
    UPDATE dead_letter SET replayed_at = $2 WHERE id = $1 AND replayed_at IS NULL RETURNING id, type, event
  )
  INSERT INTO bus_message (slot, id, type, event, available_at) SELECT $3, id, type, event, $2 FROM letter
  RETURNING id`;

export class PostgresDeadLetters extends DeadLetters {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
  ) {
    super();
  }

  override async bury(tx: Transaction, buried: Buried): Promise<void> {
    const { attempts, cause, reason, ...message } = buried;
    const now = this.clock.now();
    // An id of its own each time: what was replayed once counts as handled.
    const event = toCloudEvent(message, { id: newId(), source: SOURCE, now, traceparent: undefined });
    await tx.query(
      `INSERT INTO dead_letter (id, type, event, attempts, cause, reason, failed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [event.id, event.type, JSON.stringify(event), attempts, cause, readableReason(reason), new Date(now)],
    );
  }

  override async list(query: DeadLetterQuery = {}): Promise<Result<DeadLetterPage>> {
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    if (after === null) return fail(failure('BUS.INVALID_CURSOR', 'Leave it out to start from the newest'));
    const limit = Math.max(1, Math.min(query.limit ?? 50, MOST));
    const rows = await this.database.query<DeadLetter & { position: string }>(
      `SELECT ${COLUMNS}, (extract(epoch FROM failed_at) * 1000000)::bigint::text AS position
       FROM dead_letter
       WHERE ${STATES[query.state ?? 'waiting']} AND ($1::text IS NULL OR type = $1)
         AND ($2::bigint IS NULL
           OR (failed_at, id) < (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3::uuid))
       ORDER BY failed_at DESC, id DESC LIMIT $4`,
      [query.type ?? null, after?.position ?? null, after?.id ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const items = page.map(({ position: _position, ...letter }) => letter);
    return ok({ items, nextCursor: last ? encodeCursor(last) : null });
  }

  override async read(id: string): Promise<Result<DeadLetter>> {
    if (!isUuid(id)) return fail(notFound(id));
    const [letter] = await this.database.query<DeadLetter>(
      `SELECT ${COLUMNS} FROM dead_letter WHERE id = $1`,
      [id],
    );
    return letter ? ok(letter) : fail(notFound(id));
  }

  override async replay(id: string): Promise<Result<{ replayed: boolean }>> {
    if (!isUuid(id)) return fail(notFound(id));
    const now = this.clock.now();
    const back = await this.database.query(REPLAY, [id, new Date(now), slotAt(now)]);
    if (back.length === 0) {
      const known = await this.read(id);
      return known.ok ? ok({ replayed: false }) : known;
    }
    this.wakeUp.ring();
    return ok({ replayed: true });
  }
}

function notFound(id: string): Failure {
  return failure('BUS.DEAD_LETTER_NOT_FOUND', `There is no dead letter ${id.slice(0, 64)}`);
}

interface Cursor {
  /** Microseconds since the epoch, as exact as the database keeps it. */
  position: string;
  id: string;
}

function encodeCursor({ position, id }: Cursor): string {
  return Buffer.from(`${position} ${id}`).toString('base64url');
}

function decodeCursor(text: string): Cursor | null {
  const [position, id, ...rest] = Buffer.from(text, 'base64url').toString().split(' ');
  if (position === undefined || id === undefined || rest.length > 0) return null;
  return /^\d{1,17}$/.test(position) && isUuid(id) ? { position, id } : null;
}
