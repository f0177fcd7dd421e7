import type { Role } from './people/index.js';

/** What a key may be: a write key for browsers and apps, a key of a server, a key of an administrator. */
export const KEY_KINDS = ['public', 'server', 'admin'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Who may call: the holder of a key, of a session token that a public key opened, or a person who signed in. */
export type CallerKind = KeyKind | 'session' | 'person';

/** The authenticated caller of one request. */
export interface Principal {
  readonly kind: CallerKind;
  /** The key's id; for a session `session:<anonymousId>`, for a person `account:<id>`. */
  readonly keyId: string;
  /** The registered sender on whose behalf the caller speaks. */
  readonly source: string;
  /** `*`, or a list of `<resource>:read|write`. Of a person: what they may on routes that servers may call. */
  readonly scopes: readonly string[];
  /** Sessions only: the one visitor the session stands for. */
  readonly anonymousId?: string;
  /** Sessions only: the person the site's server vouched for by a user token. */
  readonly userId?: string;
  /** Sessions only: the paired device whose session it is. */
  readonly device?: string;
  /** Sessions only: `namespace:value` of an address that the visitor proved to have. */
  readonly proved?: string;
  /** People only. */
  readonly person?: SignedInPerson;
}

/** Who sits before the screen. */
export interface SignedInPerson {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** What they may on routes that are for administrators. */
  readonly adminScopes: readonly string[];
  readonly sessionId: string;
}
