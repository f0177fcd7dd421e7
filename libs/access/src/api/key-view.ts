import type { z } from 'zod';
import type { StoredKey, StoredSecret } from '../persistence/key-store.js';
import type { issuedKeySchema, issuedSigningSecretSchema, keyViewSchema } from './key-schemas.js';

export type KeyView = z.output<typeof keyViewSchema>;
export type IssuedKey = z.output<typeof issuedKeySchema>;
export type IssuedSigningSecret = z.output<typeof issuedSigningSecretSchema>;

/** @param secrets may hold those of other keys; the newest last */
export function keyView(key: StoredKey, secrets: readonly StoredSecret[]): KeyView {
  const own = secrets.filter(({ keyId }) => keyId === key.id);
  const { id, kind, name, source, scopes, allowedOrigins } = key;
  return {
    ...{ id, kind, name, source, scopes, allowedOrigins },
    createdAt: key.createdAt.toISOString(),
    expiresAt: iso(own.at(-1)?.expiresAt),
    revokedAt: iso(key.revokedAt),
    lastUsedAt: iso(key.lastUsedAt),
    secrets: own.map(({ createdAt, expiresAt, writeKey }) => ({
      createdAt: createdAt.toISOString(),
      expiresAt: iso(expiresAt),
      ...(writeKey !== null && { writeKey }),
    })),
  };
}

function iso(time: Date | null | undefined): string | null {
  return time?.toISOString() ?? null;
}
