import type { KeyKind } from './principal.js';

/** How our credentials begin, so that people and secret scanners recognise them. */
export const KEY_PREFIX: Readonly<Record<KeyKind, string>> = {
  public: 'rp_pub_',
  server: 'rp_srv_',
  admin: 'rp_adm_',
};
export const SIGNING_SECRET_PREFIX = 'rp_sig_';
export const SESSION_PREFIX = 'rp_ses_';

/** Random bytes in a key or a signing secret: 256 bits. */
export const SECRET_BYTES = 32;

/** Writes random bytes as a key of this kind. */
export function formatKey(kind: KeyKind, random: Buffer): string {
  return `${KEY_PREFIX[kind]}${random.toString('base64url')}`;
}

/** Writes random bytes as a signing secret. The UTF-8 bytes of the whole text are the HMAC key. */
export function formatSigningSecret(random: Buffer): string {
  return `${SIGNING_SECRET_PREFIX}${random.toString('base64url')}`;
}

/** Says what is wrong with a key that someone chose themselves, or `null`. */
export function flawOfChosenKey(key: string): string | null {
  if (key.length < 8) return 'must have at least 8 characters';
  if (key.length > 200) return 'must have at most 200 characters';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'must be printable ASCII without spaces';
  if (key.startsWith(SESSION_PREFIX)) return `must not begin with ${SESSION_PREFIX}, as session tokens do`;
  return null;
}
