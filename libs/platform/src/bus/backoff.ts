/** How often and how late a failed message is tried again. */
export interface RetryPolicy {
  /** Tries before the message becomes a dead letter. */
  maxAttempts: number;
  /** The first wait is drawn from 0 to this many milliseconds; the range doubles with every try. */
  baseMs: number;
  /** The range grows no further than this. */
  capMs: number;
}

/**
 * Exponential backoff with full jitter: uniform in [0, min(cap, base · 2^(attempt−1))).
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 *
 * @param attempt the try that just failed, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelay(policy: RetryPolicy, attempt: number, random: number): number {
  const range = Math.min(policy.capMs, policy.baseMs * 2 ** Math.max(0, attempt - 1));
  return Math.floor(range * random);
}
