import { RetryTransactionError } from '@repartee/platform';
import type { HeldIdentifier } from '../domain/index.js';
import type { StoredRecord } from './golden-record-store.js';

/** An event was taken for this person's because of this identifier, at this event time. */
export interface Reliance {
  profileId: string;
  /** `namespace:value`, or the key of a claim. */
  key: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * Whose an identifier is was read before the record was locked. If the locked record tells another story, somebody
 * else changed it in between: the transaction runs again.
 */
export function verifyHeld(stored: StoredRecord | undefined, { key, at }: Reliance): void {
  const holds =
    stored?.mergedInto === null &&
    (stored.record.claims?.includes(key) === true ||
      stored.record.identifiers.some((held) => isKey(held, key) && holdsAt(held, at)));
  if (!holds) throw new RetryTransactionError('the identity graph changed meanwhile');
}

function isKey({ namespace, value }: HeldIdentifier, key: string): boolean {
  return (
    key.length === namespace.length + value.length + 1 &&
    key.startsWith(namespace) &&
    key.endsWith(`:${value}`)
  );
}

function holdsAt({ since, until }: HeldIdentifier, at: number): boolean {
  return at >= (since ?? 0) && at < (until ?? Number.POSITIVE_INFINITY);
}
