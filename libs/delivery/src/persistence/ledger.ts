import { Inject, Injectable } from '@nestjs/common';
import type { Action, Attempt, MessageClass, Outcome } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';
import type { Delivery, DeliveryStatus, Settlement } from '../domain/delivery.js';
import type { Pause } from '../domain/gate.js';

interface Row {
  id: string;
  idempotency_key: string;
  profile_id: string;
  channel: string;
  class: MessageClass;
  status: DeliveryStatus;
  reason: string | null;
  offer: string | null;
  treatment: string | null;
  zone: string | null;
  decision_id: string | null;
  dialogue_id: string | null;
  offer_token: string | null;
  origin: string;
  content: Record<string, unknown>;
  data: Record<string, unknown>;
  created_at: Date;
  send_at: Date;
  valid_until: Date | null;
  provider_id: string | null;
  attempts: number;
}

function toDelivery(row: Row): Delivery {
  return {
    id: row.id,
    idempotencyKey: row.idempotency_key,
    profileId: row.profile_id,
    channel: row.channel,
    class: row.class,
    status: row.status,
    reason: row.reason,
    offer: row.offer,
    treatment: row.treatment,
    zone: row.zone,
    decisionId: row.decision_id,
    dialogueId: row.dialogue_id,
    offerToken: row.offer_token,
    origin: row.origin,
    content: row.content,
    data: row.data,
    createdAt: row.created_at.getTime(),
    sendAt: row.send_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
    providerId: row.provider_id,
    attempts: row.attempts,
  };
}

/** An attempt as the ledger keeps it. */
export interface LedgerAttempt {
  id: string;
  number: number;
  connector: string;
  startedAt: string;
  finishedAt: string | null;
  outcome: Outcome | null;
}

/** The ledger of deliveries and attempts in PostgreSQL. */
@Injectable()
export class Ledger {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Adds a delivery. @returns false when its idempotency key is known: then nothing is added */
  async add(tx: Transaction, delivery: Delivery): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO delivery (id, idempotency_key, profile_id, channel, class, status, reason, offer, treatment, zone,
         decision_id, dialogue_id, offer_token, origin, content, data, created_at, send_at, valid_until, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0)
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
      ],
    );
    return added.length === 1;
  }

  async find(id: string): Promise<Delivery | undefined> {
    const [row] = await this.database.query<Row>('SELECT * FROM delivery WHERE id = $1', [id]);
    return row && toDelivery(row);
  }

  async lock(tx: Transaction, id: string): Promise<Delivery | undefined> {
    const [row] = await tx.query<Row>('SELECT * FROM delivery WHERE id = $1 FOR UPDATE', [id]);
    return row && toDelivery(row);
  }

  /** Newest first. */
  async list(family: string[], options: { limit: number; before?: string }): Promise<Delivery[]> {
    const rows = await this.database.query<Row>(
      `SELECT * FROM delivery WHERE profile_id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [family, options.before ?? null, options.limit],
    );
    return rows.map(toDelivery);
  }

  async setStatus(tx: Transaction, id: string, { status, reason }: Settlement): Promise<void> {
    await tx.query('UPDATE delivery SET status = $2, reason = $3 WHERE id = $1', [id, status, reason]);
  }

  /** Makes *attempt started* durable, once the caller's transaction commits. */
  async startAttempt(tx: Transaction, connector: string, action: Action, number: number): Promise<void> {
    await tx.query(
      `INSERT INTO delivery_attempt (id, delivery_id, number, connector, action, started_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        action.attemptId,
        action.deliveryId,
        number,
        connector,
        JSON.stringify(action),
        new Date(this.clock.now()),
      ],
    );
    await tx.query(`UPDATE delivery SET status = 'sending', reason = NULL, attempts = $2 WHERE id = $1`, [
      action.deliveryId,
      number,
    ]);
  }

  /** The attempt that was started and has no outcome, if there is one. */
  async openAttempt(
    tx: Transaction,
    deliveryId: string,
  ): Promise<{ connector: string; attempt: Attempt } | undefined> {
    const [row] = await tx.query<{ id: string; connector: string; action: Action; started_at: Date }>(
      `SELECT id, connector, action, started_at FROM delivery_attempt
       WHERE delivery_id = $1 AND finished_at IS NULL ORDER BY number DESC LIMIT 1`,
      [deliveryId],
    );
    if (!row) return undefined;
    const attempt = {
      deliveryId,
      attemptId: row.id,
      startedAt: row.started_at.toISOString(),
      action: row.action,
    };
    return { connector: row.connector, attempt };
  }

  /** The attempt somebody speaks of: itself, the latest of a delivery, or the one a provider calls so. */
  async findAttempt(
    tx: Transaction,
    of: { attemptId: string } | { deliveryId: string } | { connector: string; providerId: string },
  ): Promise<{ attemptId: string; deliveryId: string; outcome: Outcome | null } | undefined> {
    const [where, values] =
      'attemptId' in of
        ? ['a.id = $1', [of.attemptId]]
        : 'deliveryId' in of
          ? ['a.delivery_id = $1', [of.deliveryId]]
          : ['d.provider_id = $1 AND a.connector = $2', [of.providerId, of.connector]];
    const [row] = await tx.query<{ id: string; delivery_id: string; outcome: Outcome | null }>(
      `SELECT a.id, a.delivery_id, a.outcome FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
       WHERE ${where} ORDER BY a.number DESC LIMIT 1`,
      values,
    );
    return row && { attemptId: row.id, deliveryId: row.delivery_id, outcome: row.outcome };
  }

  /** Notes what became of an attempt. A known outcome replaces *unknown*; nothing replaces a known one. */
  async finishAttempt(
    tx: Transaction,
    attemptId: string,
    outcome: Outcome,
    overrule = false,
  ): Promise<boolean> {
    const finished = await tx.query(
      `UPDATE delivery_attempt SET outcome = $2, finished_at = $3
       WHERE id = $1 AND (finished_at IS NULL OR outcome->>'status' = 'unknown' OR $4) RETURNING delivery_id`,
      [attemptId, JSON.stringify(outcome), new Date(this.clock.now()), overrule],
    );
    if (finished.length === 0) return false;
    if (outcome.status === 'accepted' && outcome.providerId !== undefined) {
      await tx.query(
        'UPDATE delivery SET provider_id = $2 WHERE id = (SELECT delivery_id FROM delivery_attempt WHERE id = $1)',
        [attemptId, outcome.providerId],
      );
    }
    return true;
  }

  async attempts(deliveryId: string): Promise<LedgerAttempt[]> {
    const rows = await this.database.query<{
      id: string;
      number: number;
      connector: string;
      started_at: Date;
      finished_at: Date | null;
      outcome: Outcome | null;
    }>(
      `SELECT id, number, connector, started_at, finished_at, outcome FROM delivery_attempt
       WHERE delivery_id = $1 ORDER BY number`,
      [deliveryId],
    );
    return rows.map(({ id, number, connector, started_at, finished_at, outcome }) => ({
      id,
      number,
      connector,
      startedAt: started_at.toISOString(),
      finishedAt: finished_at?.toISOString() ?? null,
      outcome,
    }));
  }

  async pauses(tx: Pick<Transaction, 'query'> = this.database): Promise<Pause[]> {
    return tx.query<{ scope: Pause['scope']; key: string }>('SELECT scope, key FROM outbound_pause');
  }

  async pause({ scope, key }: Pause): Promise<void> {
    await this.database.query(
      'INSERT INTO outbound_pause (scope, key, paused_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [scope, key, new Date(this.clock.now())],
    );
  }

  async resume({ scope, key }: Pause): Promise<void> {
    await this.database.query('DELETE FROM outbound_pause WHERE scope = $1 AND key = $2', [scope, key]);
  }
}
