import type { CloudEvent } from '@repartee/contracts';

/** Names a message and the claim that holds it: a row and its lease, or a delivery and the subject to acknowledge it on. */
export interface LeaseKey {
  slot: number;
  id: string;
  lease: string;
}

/** A message in this worker's hands. */
export interface ClaimedMessage extends LeaseKey {
  readonly type: string;
  readonly event: CloudEvent;
  /** Which try this is, from 1. */
  readonly attempt: number;
}

/** Why a message was given up: its handler said so, it failed too often, or its workers died too often. */
export type DeadLetterCause = 'permanent' | 'exhausted' | 'lapsed';

export interface Retry<K extends LeaseKey = LeaseKey> {
  key: K;
  /** Business time, milliseconds. */
  availableAt: number;
}

export interface Burial<K extends LeaseKey = LeaseKey> {
  key: K;
  cause: DeadLetterCause;
  reason: string;
}
