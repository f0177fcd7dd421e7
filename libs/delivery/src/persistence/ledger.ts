import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { Delivery, DeliveryHead, DeliveryStatus } from '../domain/delivery.js';
import { type DeliveryHeadRow, type DeliveryRow, HEAD_COLUMNS, toDelivery, toHead } from './delivery-row.js';

/** How a delivery stands from now on. */
export interface Standing {
  id: string;
  status: DeliveryStatus;
  reason: string | null;
  /** When it is looked at next, milliseconds since the epoch; left as it was where absent. */
  dueAt?: number;
  queue?: string;
  providerId?: string;
  /** The attempt that came to its end was only told to come later. */
  waited?: boolean;
}

/** The ledger of deliveries in PostgreSQL. */
@Injectable()
export class Ledger {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds a delivery. @returns false when its idempotency key is known: then nothing is added */
  async add(tx: Transaction, delivery: Delivery): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO delivery (id, idempotency_key, profile_id, channel, class, status, reason, offer, treatment, zone,
         decision_id, dialogue_id, offer_token, origin, content, data, created_at, send_at, valid_until, attempts,
         queue, due_at, traceparent, brand, purpose, address)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, $20, $21, $22,
         $23, $24, $25)
       ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`,
      [
        delivery.id,
        delivery.idempotencyKey,
        delivery.profileId,
        delivery.channel,
        delivery.class,
        delivery.status,
        delivery.reason,
        delivery.offer,
        delivery.treatment,
        delivery.zone,
        delivery.decisionId,
        delivery.dialogueId,
        delivery.offerToken,
        delivery.origin,
        JSON.stringify(delivery.content),
        JSON.stringify(delivery.data),
        new Date(delivery.createdAt),
        new Date(delivery.sendAt),
        delivery.validUntil === null ? null : new Date(delivery.validUntil),
        delivery.queue,
        new Date(delivery.dueAt),
        delivery.traceparent,
        delivery.brand,
        delivery.purpose,
        delivery.address,
      ],
      'delivery.add',
    );
    return added.length === 1;
  }

  async find(id: string): Promise<Delivery | undefined> {
    const [row] = await this.database.query<DeliveryRow>('SELECT * FROM delivery WHERE id = $1', [id]);
    return row && toDelivery(row);
  }

  async lock(tx: Transaction, id: string): Promise<Delivery | undefined> {
    const [row] = await tx.query<DeliveryRow>('SELECT * FROM delivery WHERE id = $1 FOR UPDATE', [id]);
    return row && toDelivery(row);
  }

  /** Locks deliveries, those that are still there. */
  async lockAll(tx: Transaction, ids: readonly string[]): Promise<Map<string, DeliveryHead>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<DeliveryHeadRow>(
      `SELECT ${HEAD_COLUMNS} FROM delivery WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
      [ids],
      'delivery.lock-all',
    );
    return new Map(rows.map((row) => [row.id, toHead(row)]));
  }

  /** Locks those of the deliveries that still wait and that nobody else holds. */
  async lockPlanned(tx: Transaction, ids: readonly string[]): Promise<Delivery[]> {
    // Asking for the status here, the planner could take the index of what is planned, and walk all of it.
    const rows = await tx.query<DeliveryRow>(
      'SELECT * FROM delivery WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED',
      [ids],
      'delivery.lock-planned',
    );
    return rows.filter(({ status }) => status === 'planned').map(toDelivery);
  }

  /** Newest first. */
  async list(family: string[], options: { limit: number; before?: string }): Promise<Delivery[]> {
    const rows = await this.database.query<DeliveryRow>(
      `SELECT * FROM delivery WHERE profile_id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [family, options.before ?? null, options.limit],
    );
    return rows.map(toDelivery);
  }

  /** What providers call other messages to the same person since a moment, the latest thousand. */
  async otherProviderIds(family: readonly string[], id: string, since: Date): Promise<string[]> {
    const rows = await this.database.query<{ provider_id: string }>(
      `SELECT provider_id FROM delivery
       WHERE profile_id = ANY($1::uuid[]) AND id <> $2 AND created_at >= $3 AND provider_id IS NOT NULL
       ORDER BY created_at DESC LIMIT 1000`,
      [family, id, since],
    );
    return rows.map(({ provider_id }) => provider_id);
  }

  /** Those of which nobody knows what became of them, newest first. */
  async listUnknown(options: { limit: number; before?: string }): Promise<Delivery[]> {
    const rows = await this.database.query<DeliveryRow>(
      `SELECT * FROM delivery WHERE status = 'unknown' AND ($1::uuid IS NULL OR id < $1)
       ORDER BY id DESC LIMIT $2`,
      [options.before ?? null, options.limit],
    );
    return rows.map(toDelivery);
  }

  async unknown(): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM delivery WHERE status = 'unknown'`,
    );
    return row?.n ?? 0;
  }

  /** Deliveries that have been unknown since before a moment. */
  async unknownSince(moment: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT d.id FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id AND a.number = d.attempts
       WHERE d.status = 'unknown' AND a.finished_at <= $1 LIMIT $2`,
      [moment, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Writes down how deliveries stand. @returns the ids of those that are still there */
  async stand(tx: Transaction, standings: readonly Standing[]): Promise<Set<string>> {
    if (standings.length === 0) return new Set();
    const rows = await tx.query<{ id: string }>(
      `UPDATE delivery AS d SET status = s.status, reason = s.reason, due_at = coalesce(s.due_at, d.due_at),
         queue = coalesce(s.queue, d.queue), provider_id = coalesce(s.provider_id, d.provider_id),
         waits = d.waits + s.waited::int
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
         $7::bool[]) AS s (id, status, reason, due_at, queue, provider_id, waited)
       WHERE d.id = s.id RETURNING d.id`,
      [
        standings.map(({ id }) => id),
        standings.map(({ status }) => status),
        standings.map(({ reason }) => reason),
        standings.map(({ dueAt }) => (dueAt === undefined ? null : new Date(dueAt))),
        standings.map(({ queue }) => queue ?? null),
        standings.map(({ providerId }) => providerId ?? null),
        standings.map(({ waited }) => waited ?? false),
      ],
      'delivery.stand',
    );
    return new Set(rows.map(({ id }) => id));
  }
}
