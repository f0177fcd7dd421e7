import type { MessageClass, Outcome } from '@repartee/contracts';

/**
 * Where one outbound action stands. `planned` waits for its time; `sending` has an attempt under way;
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
  sendAt: number;
  validUntil: number | null;
  providerId: string | null;
  attempts: number;
}

/** What one try came to, in the words of the ledger. */
export interface Settlement {
  status: DeliveryStatus;
  reason: string | null;
  /** Set when it is tried again: milliseconds from now. */
  retryIn?: number;
}

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
 * What an outcome means. Only a known rejection is tried again; *unknown* never is.
 * @param attempt which try this was, from 1
 */
export function settle(outcome: Outcome, attempt: number, random: number): Settlement {
  if (outcome.status === 'accepted') return { status: 'accepted', reason: null };
  if (outcome.status === 'unknown')
    return { status: 'unknown', reason: outcome.detail ?? 'no answer from the provider' };
  const reason = outcome.detail ? `${outcome.code}: ${outcome.detail}` : outcome.code;
  if (!outcome.retryable || attempt >= MAX_ATTEMPTS) return { status: 'rejected', reason };
  const asked = (outcome.retryAfter ?? 0) * 1000;
  return { status: 'planned', reason, retryIn: Math.max(asked, retryDelay(attempt, random)) };
}
