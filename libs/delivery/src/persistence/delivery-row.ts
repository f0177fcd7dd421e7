import type { MessageClass } from '@repartee/contracts';
import type { Delivery, DeliveryHead, DeliveryStatus } from '../domain/delivery.js';

/** What of a row tells how a delivery stands. */
export interface DeliveryHeadRow {
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
  created_at: Date;
  send_at: Date;
  due_at: Date;
  valid_until: Date | null;
  provider_id: string | null;
  attempts: number;
  waits: number;
  brand: string | null;
  purpose: string | null;
  address: string | null;
  queue: string;
  traceparent: string | null;
}

/** A row of the table `delivery`. */
export interface DeliveryRow extends DeliveryHeadRow {
  content: Record<string, unknown>;
  data: Record<string, unknown>;
}

/** The columns of {@link DeliveryHeadRow}. */
export const HEAD_COLUMNS = `id, idempotency_key, profile_id, channel, class, status, reason, offer, treatment, zone,
  decision_id, dialogue_id, offer_token, origin, created_at, send_at, due_at, valid_until, provider_id, attempts, waits,
  brand, purpose, address, queue, traceparent`;

export function toDelivery(row: DeliveryRow): Delivery {
  return { content: row.content, data: row.data, ...toHead(row) };
}

export function toHead(row: DeliveryHeadRow): DeliveryHead {
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
    createdAt: row.created_at.getTime(),
    sendAt: row.send_at.getTime(),
    dueAt: row.due_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
    providerId: row.provider_id,
    attempts: row.attempts,
    waits: row.waits,
    brand: row.brand,
    purpose: row.purpose,
    address: row.address,
    queue: row.queue,
    traceparent: row.traceparent,
  };
}
