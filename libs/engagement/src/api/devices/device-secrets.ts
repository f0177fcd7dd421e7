import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const CREDENTIAL = 'rp_dev_';
const HAND_OVER = 'rp_qr_';
const POLL_TOKEN = 'rp_pair_';
const SECRET_BYTES = 32;

/** A new device credential: 256 random bits. */
export function newCredential(): string {
  return `${CREDENTIAL}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** A new secret by which one kiosk fetches its credential. */
export function newPollToken(): string {
  return `${POLL_TOKEN}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** A new one-time code that a phone reads from a kiosk's screen. */
export function newHandOverCode(): string {
  return `${HAND_OVER}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** Six digits that are sent to a number. */
export function newPhoneCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** Whether two digests are the same, in a time that does not tell where they differ. */
export function sameDigest(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** How a secret is stored and looked up: nobody learns from how long that takes more than something of a digest. */
export function digestOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** The secret of `Authorization: Bearer …`; undefined when there is none. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w-]{1,200})$/i.exec(header ?? '')?.[1];
}
