import { hash, randomBytes } from 'node:crypto';
import { formatKey, formatSigningSecret, SECRET_BYTES, type KeyKind } from '../domain/index.js';
import type { StoredSecret } from '../persistence/key-store.js';

/** A new random key of this kind. */
export function newKey(kind: KeyKind): string {
  return formatKey(kind, randomBytes(SECRET_BYTES));
}

export function newSigningSecret(): string {
  return formatSigningSecret(randomBytes(SECRET_BYTES));
}

/** How a presented key is looked up. */
export function digestOf(key: string): string {
  return hash('sha256', key, 'base64url');
}

/** What is stored of a key's secret. */
export function storedSecret(
  owner: { id: string; kind: KeyKind },
  key: string,
  createdAt: Date,
  expiresAt: Date | null = null,
): StoredSecret {
  return {
    digest: digestOf(key),
    keyId: owner.id,
    writeKey: owner.kind === 'public' ? key : null,
    createdAt,
    expiresAt,
  };
}
