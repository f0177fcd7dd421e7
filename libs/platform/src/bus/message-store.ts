import type { CloudEvent } from '@repartee/contracts';
import type { BusConnections } from './bus-connections.js';
import type { Burial, ClaimedMessage, LeaseKey, Retry } from './claimed-message.js';
import { leaseName, type HeldMessages } from './held-messages.js';
import { PARKED_SLOT } from './slots.js';

export interface Wanted {
  type: string;
  count: number;
}

export interface Depth {
  type: string;
  depth: number;
  /** When the message that is due longest became so, in milliseconds. Absent when none is due. */
  oldest: number | null;
}

interface ClaimRow {
  slot: number;
  id: string;
  type: string;
  event: CloudEvent;
  attempts: number;
}

const KEYS = 'unnest($1::smallint[], $2::uuid[], $3::uuid[])';
/** Not `m.lease = k.lease`: the planner would take the small index of leased rows, and walk all of it for every key. */
const HELD = 'm.slot = k.slot AND m.id = k.id AND m.lease IS NOT DISTINCT FROM k.lease';
const LEASE_END = `clock_timestamp() + $1 * interval '1 millisecond'`;
/** Reasons are for people: enough to understand, not a whole response body. */
const MOST_REASON = 2_000;

const CLAIM = `
  WITH picked AS MATERIALIZED (
    SELECT due.slot, due.id
    FROM unnest($3::text[], $4::int[]) AS wanted (type, count)
    CROSS JOIN LATERAL (
      SELECT slot, id FROM bus_message
      WHERE type = wanted.type AND lease IS NULL AND available_at <= $5
      ORDER BY available_at, id
      LIMIT wanted.count
      FOR UPDATE SKIP LOCKED
    ) AS due
  )
  UPDATE bus_message AS m
  SET lease = $2, leased_until = ${LEASE_END}, attempts = m.attempts + 1
  FROM picked WHERE m.slot = picked.slot AND m.id = picked.id
  RETURNING m.slot, m.id, m.type, m.event, m.attempts`;

const COMPLETE = `DELETE FROM bus_message AS m USING ${KEYS} AS k (slot, id, lease) WHERE ${HELD}`;

const RELEASE = `
  UPDATE bus_message AS m SET lease = NULL, leased_until = NULL, attempts = m.attempts - 1
  FROM ${KEYS} AS k (slot, id, lease) WHERE ${HELD}`;

const EXTEND = `
  UPDATE bus_message AS m SET leased_until = clock_timestamp() + $4 * interval '1 millisecond'
  FROM ${KEYS} AS k (slot, id, lease) WHERE ${HELD}
  RETURNING m.id, m.lease`;

/** Delete and insert, not an update of the slot: a row that moves makes concurrent statements fail. */
const RETRY = `
  WITH k AS (SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS k (slot, id, lease, due)),
  gone AS (
    DELETE FROM bus_message AS m USING k WHERE ${HELD}
    RETURNING m.id, m.type, m.event, m.attempts, k.due
  )
  INSERT INTO bus_message (slot, id, type, event, available_at, attempts)
  SELECT ${PARKED_SLOT}, id, type, event, due, attempts FROM gone`;

/** A replayed message that fails again takes its old place among the dead letters, waiting once more. */
const BURY = `
  WITH k AS (
    SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
      AS k (slot, id, lease, cause, reason)
  ),
  gone AS (
    DELETE FROM bus_message AS m USING k WHERE ${HELD}
    RETURNING m.id, m.type, m.event, m.attempts, k.cause, k.reason
  )
  INSERT INTO dead_letter (id, type, event, attempts, cause, reason, failed_at)
  SELECT id, type, event, attempts, cause, reason, $6 FROM gone
  ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, cause = excluded.cause,
    reason = excluded.reason, failed_at = excluded.failed_at, replayed_at = NULL`;

const LAPSED = `
  SELECT slot, id, lease, type, attempts FROM bus_message
  WHERE lease IS NOT NULL AND leased_until <= clock_timestamp() ORDER BY leased_until LIMIT $1`;

const DEPTHS = `
  SELECT type, count(*)::int AS depth,
    (extract(epoch FROM min(available_at) FILTER (WHERE lease IS NULL AND available_at <= $1)) * 1000)::float8 AS oldest
  FROM bus_message GROUP BY type`;

/**
 * The statements of the queue. Everything done to a claimed message names its lease, so a worker
 * that lost it, having slept too long, changes nothing.
 */
export class MessageStore implements HeldMessages {
  constructor(private readonly connections: BusConnections) {}

  /** Takes due messages of the wanted types, oldest first, stepping over those that others are taking. */
  async claim(wanted: Wanted[], lease: string, visibilityMs: number, now: number): Promise<ClaimedMessage[]> {
    const types = wanted.map((want) => want.type);
    const counts = wanted.map((want) => want.count);
    const rows = await this.connections.query<ClaimRow>(CLAIM, [
      visibilityMs,
      lease,
      types,
      counts,
      new Date(now),
    ]);
    return rows
      .map(({ attempts, ...row }) => ({ ...row, lease, attempt: attempts }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async complete(keys: LeaseKey[]): Promise<void> {
    await this.connections.query(COMPLETE, columns(inOrder(keys)));
  }

  /** Gives back what was claimed but not begun: the claim does not count as a try. */
  async release(keys: LeaseKey[]): Promise<void> {
    await this.connections.query(RELEASE, columns(inOrder(keys)));
  }

  /** Returns the leases that still held, as `id lease`. */
  async extend(keys: LeaseKey[], visibilityMs: number): Promise<Set<string>> {
    const rows = await this.connections.query<LeaseKey>(EXTEND, [...columns(inOrder(keys)), visibilityMs]);
    return new Set(rows.map(leaseName));
  }

  async retry(retries: Retry[]): Promise<void> {
    const due = new Map(retries.map((retry) => [retry.key, new Date(retry.availableAt)]));
    const keys = inOrder([...due.keys()]);
    await this.connections.query(RETRY, [...columns(keys), keys.map((key) => due.get(key))]);
  }

  async bury(burials: Burial[], now: number): Promise<void> {
    const sorted = burials.toSorted((a, b) => (a.key.id < b.key.id ? -1 : 1));
    const causes = sorted.map((burial) => burial.cause);
    // PostgreSQL keeps no NUL in text, and a reason may quote anything.
    const reasons = sorted.map((burial) => burial.reason.replaceAll('\0', ' ').slice(0, MOST_REASON));
    const keys = columns(sorted.map((burial) => burial.key));
    await this.connections.query(BURY, [...keys, causes, reasons, new Date(now)]);
  }

  /** Messages whose worker died or froze. */
  async lapsed(limit: number): Promise<(LeaseKey & { type: string; attempts: number })[]> {
    return this.connections.query(LAPSED, [limit]);
  }

  async depths(now: number): Promise<Depth[]> {
    return this.connections.query(DEPTHS, [new Date(now)]);
  }
}

/** Statements of one worker may meet on the same rows; one order for all avoids deadlocks. */
function inOrder(keys: LeaseKey[]): LeaseKey[] {
  return keys.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function columns(keys: LeaseKey[]): [number[], string[], string[]] {
  return [keys.map((key) => key.slot), keys.map((key) => key.id), keys.map((key) => key.lease)];
}
