import type { CloudEvent } from '@repartee/contracts';
import type pg from 'pg';
import type { BusConnections } from './bus-connections.js';
import type { Burial, ClaimedMessage } from './claimed-message.js';

/** A message on its way out of the database. */
export interface OutgoingMessage {
  id: string;
  type: string;
  /** The CloudEvent as it will travel. */
  event: string;
  /** Tries it has behind it. */
  attempts: number;
  /** Names this writing of the row: a message that was put back and comes again has another one. */
  version: string;
}

export interface ReturningMessage {
  id: string;
  type: string;
  event: CloudEvent;
  attempts: number;
  slot: number;
  /** Business time, milliseconds. */
  availableAt: number;
}

/** Walks from type to type along the index; then, for each, as a claim does. */
const TAKE = `
  WITH RECURSIVE types AS (
    (SELECT type FROM bus_message WHERE lease IS NULL ORDER BY type LIMIT 1)
    UNION ALL
    SELECT (SELECT m.type FROM bus_message AS m WHERE m.lease IS NULL AND m.type > types.type ORDER BY m.type LIMIT 1)
    FROM types WHERE types.type IS NOT NULL
  ),
  picked AS MATERIALIZED (
    SELECT due.* FROM types CROSS JOIN LATERAL (
      SELECT slot, id, xmin::text AS version FROM bus_message
      WHERE type = types.type AND lease IS NULL AND available_at <= $1
      ORDER BY available_at, id
      LIMIT $2
      FOR UPDATE SKIP LOCKED
    ) AS due WHERE types.type IS NOT NULL
  )
  DELETE FROM bus_message AS m USING picked WHERE m.slot = picked.slot AND m.id = picked.id
  RETURNING m.id, m.type, m.event::text AS event, m.attempts, picked.version`;

const PUT = `
  INSERT INTO bus_message (slot, id, type, event, available_at, attempts)
  SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::text[], $4::json[], $5::timestamptz[], $6::smallint[])
  ON CONFLICT DO NOTHING`;

/** A replayed message that fails again takes its old place among the dead letters, waiting once more. */
const BURY = `
  INSERT INTO dead_letter (id, type, event, attempts, cause, reason, failed_at)
  SELECT id, type, event, attempts, cause, reason, $7
  FROM unnest($1::uuid[], $2::text[], $3::json[], $4::smallint[], $5::text[], $6::text[])
    AS k (id, type, event, attempts, cause, reason)
  ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, cause = excluded.cause,
    reason = excluded.reason, failed_at = excluded.failed_at, replayed_at = NULL`;

/** Reasons are for people: enough to understand, not a whole response body. */
const MOST_REASON = 2_000;

/** PostgreSQL keeps no NUL in text, and a reason may quote anything. */
export function readableReason(reason: string): string {
  return reason.replaceAll('\0', ' ').slice(0, MOST_REASON);
}

type Queries = Pick<pg.ClientBase, 'query'>;

/** Takes the messages out of `bus_message` that a relay carries on. They are gone when its transaction commits. */
export async function takeOutgoing(
  tx: Queries,
  now: number,
  mostPerType: number,
): Promise<OutgoingMessage[]> {
  const { rows } = await tx.query<OutgoingMessage>(TAKE, [new Date(now), mostPerType]);
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function buryIn(
  tx: Queries,
  burials: (Omit<Burial, 'key'> & { id: string; type: string; event: string; attempts: number })[],
  now: number,
): Promise<void> {
  await tx.query(BURY, [
    burials.map(({ id }) => id),
    burials.map(({ type }) => type),
    burials.map(({ event }) => event),
    burials.map(({ attempts }) => attempts),
    burials.map(({ cause }) => cause),
    burials.map(({ reason }) => readableReason(reason)),
    new Date(now),
  ]);
}

/** Messages that come back from the broker: to be tried again, or given up. */
export class Outbox {
  constructor(private readonly connections: BusConnections) {}

  async put(messages: ReturningMessage[]): Promise<void> {
    await this.connections.query(PUT, [
      messages.map(({ slot }) => slot),
      messages.map(({ id }) => id),
      messages.map(({ type }) => type),
      messages.map(({ event }) => JSON.stringify(event)),
      messages.map(({ availableAt }) => new Date(availableAt)),
      messages.map(({ attempts }) => attempts),
    ]);
  }

  async bury(burials: Burial<ClaimedMessage>[], now: number): Promise<void> {
    const letters = burials.map(({ key: { id, type, event, attempt }, cause, reason }) => ({
      ...{ id, type, event: JSON.stringify(event), attempts: attempt, cause, reason },
    }));
    await this.connections.transaction((tx) => buryIn(tx, unique(letters), now));
  }
}

/** One statement may touch a row once; the last word counts. */
function unique<T extends { id: string }>(items: T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
