import { ok, type Result } from '@repartee/contracts';
import { originRules, type OriginRules, type Principal } from '../domain/index.js';
import type { KeyRecords } from '../persistence/key-store.js';

/** A key ready for use: the answer it gives is made once, not for each request. */
export interface ActiveKey {
  readonly principal: Principal;
  readonly granted: Result<Principal>;
  readonly origins: OriginRules;
}

/** One way to present an active key. */
export interface ActiveSecret {
  readonly key: ActiveKey;
  /** Milliseconds since the epoch, or Infinity. */
  readonly expiresAt: number;
}

/** All keys of one moment, by what requests present. */
export interface KeySnapshot {
  readonly byDigest: ReadonlyMap<string, ActiveSecret>;
  /** Ways to present a public key. */
  readonly publicOnes: readonly ActiveSecret[];
  readonly publicBySource: ReadonlyMap<string, readonly ActiveSecret[]>;
  readonly signingSecrets: ReadonlyMap<string, readonly { secret: string; expiresAt: number }[]>;
}

export const NO_KEYS: KeySnapshot = {
  byDigest: new Map(),
  publicOnes: [],
  publicBySource: new Map(),
  signingSecrets: new Map(),
};

/** Prepares stored keys for lookups. */
export function snapshotOf(records: KeyRecords): KeySnapshot {
  const keys = new Map(
    records.keys.map(({ id, kind, source, scopes, allowedOrigins }) => {
      const principal: Principal = Object.freeze({
        kind,
        keyId: id,
        source,
        scopes: Object.freeze([...scopes]),
      });
      return [id, { principal, granted: ok(principal), origins: originRules(allowedOrigins) }];
    }),
  );
  const byDigest = new Map<string, ActiveSecret>();
  for (const { digest, keyId, expiresAt } of records.secrets) {
    const key = keys.get(keyId);
    if (key) byDigest.set(digest, { key, expiresAt: expiresAt?.getTime() ?? Infinity });
  }
  const publicOnes = [...byDigest.values()].filter(({ key }) => key.principal.kind === 'public');
  return {
    byDigest,
    publicOnes,
    publicBySource: groupBy(publicOnes, ({ key }) => key.principal.source),
    signingSecrets: groupBy(
      records.signingSecrets.map(({ source, secret, expiresAt }) => ({
        source,
        secret,
        expiresAt: expiresAt?.getTime() ?? Infinity,
      })),
      ({ source }) => source,
    ),
  };
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group) group.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}
