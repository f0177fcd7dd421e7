import type { MessageClass, Outcome } from '@repartee/contracts';

/**
 * Where one outbound action stands. `planned` waits for its time or its turn; `sending` has an attempt under way;
 * the rest is final, but *unknown* may still turn into accepted or rejected when evidence comes.
 */
export const deliveryStatuses = [
  'planned',
  'sending',
  'accepted',
  'rejected',
  'unknown',
  'suppressed',
  'expired',
  'cancelled',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One outbound action in the ledger. Times in milliseconds since the epoch. */
export interface Delivery {
  id: string;
  /** The same request never makes two deliveries. */
  idempotencyKey: string;
  profileId: string;
  channel: string;
  class: MessageClass;
  status: DeliveryStatus;
  /** Why it did not leave, or what the provider said. */
  reason: string | null;
  offer: string | null;
  treatment: string | null;
  zone: string | null;
  decisionId: string | null;
  dialogueId: string | null;
  offerToken: string | null;
  /** What asked for it: `reaction:<key>`, `message`. */
  origin: string;
  /** Content as its connector compiled it. */
  content: Record<string, unknown>;
  data: Record<string, unknown>;
  createdAt: number;
  /** When it was asked to leave. */
  sendAt: number;
  /** When it is looked at next: later than `sendAt` where it is held or tried again. */
  dueAt: number;
  validUntil: number | null;
  providerId: string | null;
  attempts: number;
  /** Attempts that were only told to come later. */
  waits: number;
  /** Whose voice it speaks with, and what for: consent may be scoped to them. */
  brand: string | null;
  purpose: string | null;
  /** The one address of theirs it may go to; null for whichever can be reached. */
  address: string | null;
  /** Where it waits: its channel, or one connector of it; see {@link queueOf}. */
  queue: string;
  /** W3C trace context of what asked for it. */
  traceparent: string | null;
}

/** A delivery without what it says: how it goes on does not depend on that. */
export type DeliveryHead = Omit<Delivery, 'content' | 'data'>;

/** Where messages of a channel wait, or those that only one of its connectors may still try. */
export function queueOf(channel: string, connector?: string): string {
  return connector === undefined ? channel : `${channel}/${connector}`;
}

/** What one try came to, in the words of the ledger. */
export interface Settlement {
  status: DeliveryStatus;
  reason: string | null;
  /** Set when it is tried again: milliseconds from now. */
  retryIn?: number;
  /** It was only told to come later: that was no try. */
  waited?: true;
  /** Set with `retryIn`: the connector that tries next; the channel's first where it is not. */
  next?: string;
}

/** Which try came to an end. */
export interface Tried {
  /** From 1, without those that were only told to come later. */
  attempt: number;
  connector: string;
  /** The connectors of the channel, in the order in which they are tried. */
  order: readonly string[];
}

/** Tries of one message with each connector of its channel. */
export const MAX_ATTEMPTS = 6;
const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 15 * 60_000;

/**
 * Exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015).
 * @param random in [0, 1)
 */
export function retryDelay(attempt: number, random: number): number {
  return Math.round(Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (attempt - 1)) * (0.5 + random / 2));
}

/**
 * What an outcome means. Only a known rejection that may pass is tried again: at once by the next connector of the
 * channel, and after the last one later by the first; what must only wait for its turn is so for as long as it takes.
 * *Unknown* never is: it may have arrived.
 */
export function settle(outcome: Outcome, { attempt, connector, order }: Tried, random: number): Settlement {
  if (outcome.status === 'accepted') return { status: 'accepted', reason: null };
  if (outcome.status === 'unknown')
    return { status: 'unknown', reason: outcome.detail ?? 'no answer from the provider' };
  const reason = outcome.detail ? `${outcome.code}: ${outcome.detail}` : outcome.code;
  const rounds = Math.max(1, order.length);
  const last = attempt >= MAX_ATTEMPTS * rounds && !outcome.wait;
  if (!outcome.retryable || last) return { status: 'rejected', reason };
  const again = { status: 'planned' as const, reason, ...(outcome.wait && { waited: true as const }) };
  const place = order.indexOf(connector);
  const next = place < 0 ? undefined : order[place + 1];
  if (next !== undefined) return { ...again, retryIn: 0, next };
  const asked = (outcome.retryAfter ?? 0) * 1000;
  // Who is told when to come keeps to it; a little apart from the others that were told the same.
  const apart = outcome.wait && asked > 0;
  const delay = apart ? asked * (1 + random / 4) : retryDelay(Math.ceil(attempt / rounds), random);
  return { ...again, retryIn: Math.round(Math.max(asked, delay)) };
}
