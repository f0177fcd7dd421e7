import type { ResponseType } from '@repartee/contracts';
import type { OfferToken } from '@repartee/decisioning/domain';
import { type AdmittedEvent, laneOf } from '@repartee/ingestion/domain';

/** Source of what the product itself says. */
export const INTERNAL_SOURCE = 'repartee';

/** A response as the log holds it: what the token says, and what became of the offer. */
export interface ResponsePayload {
  profileId: string | null;
  anonymousId: string | null;
  response: {
    id: string;
    type: ResponseType;
    value?: number;
    currency?: string;
    reason?: string;
    until?: string;
    humanProbability?: number;
  };
  offer: OfferToken;
  [name: string]: unknown;
}

interface InternalEvent {
  id: string;
  type: string;
  name: string;
  messageId: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Whom it is about: decides the lane. */
  subject: string;
  payload: Record<string, unknown>;
  /** The product itself unless given. */
  source?: string;
  traceparent?: string | undefined;
}

/**
 * An event that the product itself says. It is verified: `payload.profileId`, which no outside event can carry
 * (the schema drops it), says whose it is.
 */
export function internalEvent(event: InternalEvent): AdmittedEvent {
  const { source = INTERNAL_SOURCE } = event;
  return {
    id: event.id,
    lane: laneOf(source, event.subject),
    source,
    messageId: event.messageId,
    type: event.type,
    name: event.name,
    occurredAt: event.at,
    verified: true,
    traceparent: event.traceparent ?? null,
    payload: JSON.stringify(event.payload),
  };
}
