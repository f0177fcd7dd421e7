import { retryDelay, type RetryPolicy } from './backoff.js';
import { PermanentFailure } from './bus.js';
import type { DeadLetterCause } from './claimed-message.js';

export type Verdict = { retryAt: number } | { cause: DeadLetterCause; reason: string };

/** What becomes of a message whose handler failed. */
export function verdictOf(
  error: unknown,
  attempt: number,
  policy: RetryPolicy,
  now: number,
  random: number,
): Verdict {
  if (error instanceof PermanentFailure) return { cause: 'permanent', reason: error.message };
  if (attempt >= policy.maxAttempts) return { cause: 'exhausted', reason: describeError(error) };
  return { retryAt: now + retryDelay(policy, attempt, random) };
}

/** What becomes of a message whose worker died or froze. It counts as a failed try: it may be what killed the worker. */
export function verdictOfLapse(attempt: number, policy: RetryPolicy, now: number, random: number): Verdict {
  if (attempt < policy.maxAttempts) return { retryAt: now + retryDelay(policy, attempt, random) };
  return { cause: 'lapsed', reason: `no worker finished it in ${attempt} tries` };
}

/** One line of what was thrown. */
export function describeError(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
