import type { Outcome } from '@repartee/contracts';
import type { Fact } from './facts.js';

type Accepted = Extract<Outcome, { status: 'accepted' }>;
type Rejected = Extract<Outcome, { status: 'rejected' }>;
type Unknown = Extract<Outcome, { status: 'unknown' }>;

/** The provider took the message. `providerId` is what it calls it, or what a later receipt will name. */
export function accepted(providerId?: string): Accepted {
  return providerId === undefined ? { status: 'accepted' } : { status: 'accepted', providerId };
}

/**
 * The message was certainly **not** sent. `retryable` says whether the same message may go through later,
 * `retryAfter` (seconds) when, `about: 'recipient'` that only this recipient is put off while the provider is well,
 * `wait` that it was only told to come later, which counts as no try, and `facts` what the refusal says beyond this message: an opt-out, an address that does not exist (a receipt, `permanent`).
 * Answer this only where it is provable; else answer {@link unknown}.
 */
export function rejected(
  code: string,
  more: {
    retryable: boolean;
    retryAfter?: number;
    detail?: string;
    about?: 'recipient';
    wait?: true;
    facts?: Fact[];
  },
): Rejected {
  return { status: 'rejected', code, ...more };
}

/** Nobody can tell whether the message was sent. It is reconciled, never blindly sent again. */
export function unknown(detail?: string): Unknown {
  return detail === undefined ? { status: 'unknown' } : { status: 'unknown', detail };
}
