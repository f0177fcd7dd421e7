import type { ConnectorContext, RawRequest, ReceivedFacts } from '@repartee/connector-sdk';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EmailSettings } from '../email-settings.js';
import { factsOfMail } from './facts-of-mail.js';

type Context = Pick<ConnectorContext<EmailSettings>, 'settings'>;

/** Carries `sha256=` and the HMAC-SHA-256 of the body in hex, which any shell can make with `openssl dgst`. */
export const SIGNATURE_HEADER = 'x-repartee-signature';

export function signatureOf(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Whether a mail that was posted here comes from our own mail server. */
export function isOurs({ headers, body }: RawRequest, { settings }: Context): boolean {
  if (settings.inboundSecret === undefined) return false;
  const given = Buffer.from(headers[SIGNATURE_HEADER]?.trim() ?? '');
  const right = Buffer.from(signatureOf(body, settings.inboundSecret));
  return given.length === right.length && timingSafeEqual(given, right);
}

/** A mail as the server posted it: one whole message (`message/rfc822`) is the body. */
export async function receiveMail({ body }: RawRequest, { settings }: Context): Promise<ReceivedFacts> {
  return { reply: { status: 204 }, facts: await factsOfMail(body, settings) };
}
