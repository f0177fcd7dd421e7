import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, CONFIG, type Config } from '@repartee/platform';
import {
  ALL_SCOPES,
  allowsOrigin,
  isOwnOrigin,
  parseAuthorization,
  SESSION_PREFIX,
  type Credential,
  type Principal,
} from '../domain/index.js';
import { KeyStore } from '../persistence/key-store.js';
import { NO_KEYS, snapshotOf, type ActiveSecret, type KeySnapshot } from './key-snapshot.js';
import { digestOf } from './new-secret.js';
import { SessionTokens } from './session-tokens.js';

/** No key and no token of ours is longer. */
const MAX_CREDENTIAL = 6000;

const UNAUTHENTICATED = fail(failure('ACCESS.UNAUTHENTICATED', 'The request needs a valid key or token'));
const EVERY_SCOPE: readonly string[] = Object.freeze([ALL_SCOPES]);

/**
 * Authenticates callers from memory. Keys are looked up by the SHA-256 of what was presented: how long that takes tells
 * at most something of a digest, never of a key, so it needs no further constant-time comparison.
 */
@Injectable()
export class Keys implements OnModuleInit {
  private snapshot: KeySnapshot = NO_KEYS;
  private used = new Map<string, number>();
  private pending: Promise<void> = Promise.resolve();
  private readonly publicOrigin: string;

  constructor(
    private readonly store: KeyStore,
    private readonly sessions: SessionTokens,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.publicOrigin = new URL(config.publicUrl).origin;
  }

  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  /**
   * Authenticates a write key, as event bodies and browsers carry it.
   * @param origin the Origin header; without one the caller is no browser and passes
   * @param host the Host header: pages served by this very host pass
   */
  authenticatePublic(writeKey: string, origin?: string, host?: string): Result<Principal> {
    const found = this.find(writeKey);
    if (found?.key.principal.kind !== 'public') return UNAUTHENTICATED;
    return this.fromOrigin([found], origin, host) ? found.key.granted : originRefused(origin);
  }

  /** Authenticates an Authorization header: Bearer with a key or a session token, or Basic with a public or server key as user name. */
  authenticateAuthorization(header: string | undefined, origin?: string, host?: string): Result<Principal> {
    const credential = header === undefined ? null : parseAuthorization(header);
    return credential ? this.authenticate(credential, origin, host) : UNAUTHENTICATED;
  }

  /** As {@link authenticateAuthorization}, with the header already read. */
  authenticate({ scheme, value }: Credential, origin?: string, host?: string): Result<Principal> {
    if (scheme === 'bearer' && value.startsWith(SESSION_PREFIX)) return this.openSession(value, origin, host);
    const found = this.find(value);
    if (!found) return UNAUTHENTICATED;
    const { kind } = found.key.principal;
    if (scheme === 'basic' && kind === 'admin') return UNAUTHENTICATED;
    if (kind !== 'public' || this.fromOrigin([found], origin, host)) return found.key.granted;
    return originRefused(origin);
  }

  /** Whether a browser page of this origin may read our answers: it is ours, or some public key allows it. A preflight names no key. */
  allowsOrigin(origin: string, host?: string): boolean {
    return this.fromOrigin(this.snapshot.publicOnes, origin, host);
  }

  /** The secrets that a source's user tokens may be signed with now, newest first. */
  signingSecretsOf(source: string): string[] {
    const now = this.clock.now();
    const secrets = this.snapshot.signingSecrets.get(source) ?? [];
    return secrets.filter(({ expiresAt }) => expiresAt > now).map(({ secret }) => secret);
  }

  /** Reads all keys again. Reads run one after the other, so that an older one never undoes a revocation. */
  refresh(): Promise<void> {
    const load = async () => {
      this.snapshot = snapshotOf(await this.store.loadActive());
    };
    this.pending = this.pending.then(load, load);
    return this.pending;
  }

  /** Writes down which keys were used since the last time. */
  async recordUse(): Promise<void> {
    if (this.used.size === 0) return;
    const used = this.used;
    this.used = new Map();
    await this.store.touch(used);
  }

  private find(presented: string): ActiveSecret | undefined {
    if (presented.length > MAX_CREDENTIAL) return undefined;
    const found = this.snapshot.byDigest.get(digestOf(presented));
    if (!found) return undefined;
    const now = this.clock.now();
    if (found.expiresAt <= now) return undefined;
    this.used.set(found.key.principal.keyId, now);
    return found;
  }

  private openSession(token: string, origin?: string, host?: string): Result<Principal> {
    const session = token.length > MAX_CREDENTIAL ? null : this.sessions.open(token);
    if (!session) return UNAUTHENTICATED;
    const { source, anonymousId, userId, device, proved } = session;
    if (!this.fromOrigin(this.snapshot.publicBySource.get(source) ?? [], origin, host))
      return originRefused(origin);
    return ok({
      kind: 'session',
      keyId: `session:${anonymousId}`,
      source,
      scopes: EVERY_SCOPE,
      anonymousId,
      userId,
      ...(device !== undefined && { device }),
      ...(proved !== undefined && { proved }),
    });
  }

  private fromOrigin(secrets: readonly ActiveSecret[], origin?: string, host?: string): boolean {
    if (origin === undefined || isOwnOrigin(origin, host, this.publicOrigin)) return true;
    const now = this.clock.now();
    return secrets.some(({ key, expiresAt }) => expiresAt > now && allowsOrigin(key.origins, origin));
  }
}

function originRefused(origin = ''): Result<never> {
  return fail(
    failure('ACCESS.ORIGIN_NOT_ALLOWED', `The key may not be used from the origin ${origin.slice(0, 200)}`),
  );
}
