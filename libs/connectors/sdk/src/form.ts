import type { RawRequest } from './facts.js';

/** The fields of a webhook, in order, decoded: `+` and `%20` are both a space. */
export function formOf({ headers, body }: RawRequest): URLSearchParams {
  return new URLSearchParams(isForm(headers) ? Buffer.from(body).toString('utf8') : '');
}

export function isForm(headers: RawRequest['headers']): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}
