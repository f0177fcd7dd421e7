import type { CloudEvent } from '@repartee/contracts';

/** Names a row and the claim that holds it. */
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

export interface Retry {
  key: LeaseKey;
  /** Business time, milliseconds. */
  availableAt: number;
}

export interface Burial {
  key: LeaseKey;
  cause: DeadLetterCause;
  reason: string;
}
