const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Pauses before the second and later tries (Standard Webhooks, “Deliverability and reliability”). */
const PAUSES = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** By how much a pause varies, so that what failed together does not come back together. */
const JITTER = 0.1;
/** What `Retry-After` may ask for at most. */
const LONGEST_WAIT = DAY;
/** How long an endpoint may fail before it is disabled. */
const PATIENCE = 5 * DAY;

/** What came of one try. */
export type Answer =
  | { status: number; retryAfter?: number }
  /** No answer at all, and why. */
  | { status: null; error: string };

/** What becomes of a message, and of its endpoint. Times in milliseconds. */
export type Verdict =
  | { message: 'delivered' }
  | { message: 'waiting'; retryIn: number; disable?: string }
  | { message: 'failed'; disable?: string };

/**
 * Judges a try.
 * @param tries this one counted
 * @param failingFor milliseconds since the endpoint first failed with no success since
 * @param random 0 to 1
 */
export function judge(answer: Answer, tries: number, failingFor: number, random: number): Verdict {
  const { status } = answer;
  if (status !== null && status >= 200 && status < 300) return { message: 'delivered' };
  if (status === 410) return { message: 'failed', disable: 'it answered 410 Gone' };
  const disable = failingFor >= PATIENCE ? { disable: 'it has failed for five days' } : {};
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return { message: 'failed', ...disable };
  const varied = pause * (1 + JITTER * (2 * random - 1));
  const asked = 'retryAfter' in answer ? Math.min(answer.retryAfter ?? 0, LONGEST_WAIT) : 0;
  return { message: 'waiting', retryIn: Math.round(Math.max(varied, asked)), ...disable };
}

/**
 * Milliseconds a header `Retry-After` asks to wait (RFC 9110, section 10.2.3): seconds, or a date.
 * @param now milliseconds since the epoch
 */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * SECOND;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
