import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
export const KEY_BYTES = 32;
/** NIST SP 800-38D section 8.2.2: a random nonce of 96 bits. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key that wraps keys. Its id tells it from others and says nothing of it. */
export interface MasterKey {
  id: string;
  key: Buffer;
}

/** A secret as it is stored: sealed with a data key of its own, and that key wrapped by a master key. */
export interface Envelope {
  keyId: string;
  /** Nonce, tag and data key. */
  wrapped: Buffer;
  /** Nonce, tag and secret. */
  sealed: Buffer;
}

export function masterKey(key: Buffer): MasterKey {
  const digest = createHash('sha256').update('repartee master key').update(key).digest('base64url');
  return { id: `k${digest.slice(0, 11)}`, key };
}

/**
 * Seals a secret.
 * @param label what it is and whose: an envelope that was put elsewhere does not open
 */
export function seal(master: MasterKey, secret: string, label: string): Envelope {
  const dataKey = randomBytes(KEY_BYTES);
  return {
    keyId: master.id,
    wrapped: encrypt(master.key, dataKey, wrapLabel(master, label)),
    sealed: encrypt(dataKey, Buffer.from(secret, 'utf8'), label),
  };
}

/** @returns undefined where anything was changed, or the key is another */
export function open(master: MasterKey, envelope: Envelope, label: string): string | undefined {
  const dataKey = decrypt(master.key, envelope.wrapped, wrapLabel(master, label));
  return dataKey && decrypt(dataKey, envelope.sealed, label)?.toString('utf8');
}

/** Wraps the data key by another master key; the sealed secret stays as it is. @returns undefined as {@link open} */
export function rewrap(
  from: MasterKey,
  to: MasterKey,
  { wrapped, sealed }: Envelope,
  label: string,
): Envelope | undefined {
  const dataKey = decrypt(from.key, wrapped, wrapLabel(from, label));
  return dataKey && { keyId: to.id, wrapped: encrypt(to.key, dataKey, wrapLabel(to, label)), sealed };
}

function wrapLabel({ id }: MasterKey, label: string): string {
  return `${id}\0${label}`;
}

function encrypt(key: Buffer, text: Buffer, label: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(label, 'utf8'));
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

function decrypt(key: Buffer, box: Buffer, label: string): Buffer | undefined {
  if (box.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const tag = box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(CIPHER, key, box.subarray(0, NONCE_BYTES), options)
    .setAAD(Buffer.from(label, 'utf8'))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
