/** How often something may fail before it has to wait, and how long then. */
export interface ThrottleRule {
  /** So many tries are free. */
  readonly free: number;
  /** Milliseconds to wait after the first that is not; twice as long after each further one. */
  readonly firstWait: number;
  /** Milliseconds: nobody waits longer, so nobody is ever kept out for good. */
  readonly longestWait: number;
  /** Milliseconds without a try after which all is forgotten. */
  readonly forgetAfter: number;
}

/** What is known of one thing that tries. */
export interface Tries {
  readonly failures: number;
  /** Milliseconds since the epoch; nothing is tried before. */
  readonly blockedUntil: number;
  readonly at: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const THROTTLES = {
  /** One address at one account: somebody who guesses, or forgot. */
  pair: { free: 5, firstWait: 15_000, longestWait: 15 * MINUTE, forgetAfter: DAY },
  /** A browser in which the account's own person signed in before: apart from all others, so that nobody locks them out. */
  device: { free: 10, firstWait: 15_000, longestWait: 5 * MINUTE, forgetAfter: DAY },
  /** One address at any accounts; many people may share it. */
  address: { free: 50, firstWait: 10_000, longestWait: 15 * MINUTE, forgetAfter: DAY },
  /** Any addresses at one account. */
  account: { free: 50, firstWait: 10_000, longestWait: 5 * MINUTE, forgetAfter: DAY },
} as const satisfies Record<string, ThrottleRule>;

/** Doubling further would pass what a number holds exactly. */
const MAX_DOUBLINGS = 40;

/**
 * Counts one more try as a failure, before its outcome is known: so many at once cannot slip through together.
 * @returns what to keep, or how many milliseconds are left to wait; a try that must wait is not counted
 */
export function chargeTry(
  known: Tries | undefined,
  rule: ThrottleRule,
  now: number,
): { tries: Tries } | { wait: number } {
  const fresh = known === undefined || now - known.at >= rule.forgetAfter;
  if (!fresh && known.blockedUntil > now) return { wait: known.blockedUntil - now };
  const failures = (fresh ? 0 : known.failures) + 1;
  const beyond = failures - rule.free;
  const wait =
    beyond < 0 ? 0 : Math.min(rule.longestWait, rule.firstWait * 2 ** Math.min(beyond, MAX_DOUBLINGS));
  return { tries: { failures, blockedUntil: wait === 0 ? 0 : now + wait, at: now } };
}
