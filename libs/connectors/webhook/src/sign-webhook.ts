import { createHmac } from 'node:crypto';

/** Before the key in its text form. */
const PREFIX = 'whsec_';
/** Octets a key has at least and at most (Standard Webhooks, “Signature scheme”). */
const KEY_OCTETS = { least: 24, most: 64 };

/** The three headers of Standard Webhooks. */
export type SignedHeaders = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;

/**
 * Signs as Standard Webhooks 1.0 defines it: HMAC-SHA256 over `id.timestamp.body`, one signature `v1,<Base64>` for each
 * key, parted by spaces. While keys rotate there are two, and either is proof.
 * @param keys `whsec_` and Base64
 * @param at milliseconds since the epoch
 */
export function signWebhook(
  { id, at, body }: { id: string; at: number; body: string },
  keys: readonly string[],
): SignedHeaders {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = keys.map((key) => {
    const octets = Buffer.from(key.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', octets).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** Whether a text is a key that both sides can use. */
export function isWebhookKey(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const encoded = text.slice(PREFIX.length);
  const octets = Buffer.from(encoded, 'base64');
  const { least, most } = KEY_OCTETS;
  return octets.length >= least && octets.length <= most && octets.toString('base64') === encoded;
}
