import type { RawRequest } from './facts.js';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { formOf, isForm } from './form.js';

const AUTHORITY = /^(https?:\/\/)([^/?#]*)/i;

/**
 * Whether Twilio signed this request: HMAC-SHA1, keyed with the auth token, over the URL as it was called followed by
 * the form's names and values in order of their names; a body of another kind is bound to the URL by its `bodySHA256`
 * (https://www.twilio.com/docs/usage/security#validating-requests). Twilio signs with or without the standard port, so
 * both forms are tried. Several tokens are valid while they are being exchanged.
 */
export function isSignedByTwilio(
  raw: RawRequest,
  urls: readonly string[],
  tokens: readonly string[],
): boolean {
  const given = Buffer.from(raw.headers['x-twilio-signature'] ?? '');
  if (!bodyIsBound(raw)) return false;
  const fields = canonical(formOf(raw));
  const signed = tokens.flatMap((token) =>
    urls.flatMap((url) => portForms(url).map((form) => sameBytes(given, signatureOf(token, form + fields)))),
  );
  return signed.includes(true);
}

function signatureOf(token: string, signed: string): Buffer {
  return Buffer.from(createHmac('sha1', token).update(signed, 'utf8').digest('base64'));
}

/** Names sorted; of a name that occurs several times each different value once, sorted. */
function canonical(form: URLSearchParams): string {
  return [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join('');
}

/** A form is signed itself; any other body only by its hash in the URL. */
function bodyIsBound({ url, headers, body }: RawRequest): boolean {
  const hash = /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1];
  if (hash === undefined) return isForm(headers) || body.length === 0;
  return sameBytes(
    Buffer.from(hash.toLowerCase()),
    Buffer.from(createHash('sha256').update(body).digest('hex')),
  );
}

/** The URL without a port and with one: as given, or the standard one of its scheme. */
function portForms(url: string): string[] {
  const [start = '', scheme = '', authority = ''] = AUTHORITY.exec(url) ?? [];
  const port = /:\d+$/.exec(authority)?.[0] ?? (/^https/i.test(scheme) ? ':443' : ':80');
  const host = authority.replace(/:\d+$/, '');
  const rest = url.slice(start.length);
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port}${rest}`];
}

/** Takes the same time whatever the bytes. */
function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
