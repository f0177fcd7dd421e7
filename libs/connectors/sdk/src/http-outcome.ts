import type { Outcome } from '@repartee/contracts';
import type { HttpResponse } from './context.js';
import { rejected, unknown } from './outcomes.js';

/**
 * What an answer that is no success means where the provider follows HTTP's words (RFC 9110): 429 and 503 with
 * Retry-After say when to come back; 401 and 403 are the operator's affair and may pass; any other 4xx is for good. What
 * breaks (5xx) may have taken the message first, so it is unknown.
 * @param scope begins the codes: `PAGER` gives `PAGER.THROTTLED`, `PAGER.UNAUTHORIZED`, `PAGER.REFUSED`
 * @param detail the provider's own words
 */
export function failureOfHttp(scope: string, response: HttpResponse, detail: string): Outcome {
  const { status } = response;
  const retryAfter = secondsUntilRetry(response);
  const more = { detail: `${status} ${detail}`.trim(), ...(retryAfter !== undefined && { retryAfter }) };
  if (status === 429 || (status === 503 && retryAfter !== undefined))
    return rejected(`${scope}.THROTTLED`, { retryable: true, wait: true, ...more });
  if (status === 401 || status === 403)
    return rejected(`${scope}.UNAUTHORIZED`, { retryable: true, ...more });
  if (status === 408 || status < 400 || status >= 500) return unknown(more.detail);
  return rejected(`${scope}.REFUSED`, { retryable: false, ...more });
}

/** Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3); the answer's own date is what it counts from. */
function secondsUntilRetry({ headers }: HttpResponse): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  const seconds = /^\d+$/.test(text)
    ? Number(text)
    : Math.ceil((Date.parse(text) - Date.parse(headers.get('date') ?? '')) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
