import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@repartee/platform';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { openToken, SECRET_BYTES, sealToken, type TokenKey } from '../domain/index.js';
import { SigningKeyStore } from '../persistence/signing-key-store.js';
import { hmacSha256 } from './hmac-sha256.js';

/** A new key signs only when every process has had time to load it. */
const TAKEOVER_MS = 10_000;

type Signer = TokenKey & { readonly retiredAt: number };

/**
 * Signs and opens the tokens of our own: sessions, offers, links. Tokens are signed, not encrypted.
 * The keyring is in memory, so both are synchronous; keys verify for ever.
 */
@Injectable()
export class TokenSigner implements OnModuleInit {
  private ring: ReadonlyMap<number, Signer> = new Map();
  private pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: SigningKeyStore,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    const now = new Date(this.clock.now());
    await this.store.add(randomBytes(SECRET_BYTES), now, now, true);
    await this.refresh();
  }

  /**
   * @param purpose what the token is for, ASCII; a token opens for its own purpose only
   * @param payload at most 4 KB; readable by anyone who holds the token
   */
  sign(purpose: string, payload: Buffer | string): string {
    return sealToken(this.current(), purpose, typeof payload === 'string' ? Buffer.from(payload) : payload);
  }

  /** The payload, or `null` when the token is not one of ours for this purpose. */
  open(purpose: string, token: string): Buffer | null {
    return openToken(token, purpose, (id) => this.ring.get(id), timingSafeEqual);
  }

  /** Adds a signing key. It takes over within seconds; what the old ones signed stays valid. */
  async rotate(): Promise<void> {
    const now = this.clock.now();
    await this.store.add(randomBytes(SECRET_BYTES), new Date(now), new Date(now + TAKEOVER_MS), false);
    await this.refresh();
  }

  /** Reads the keyring again, one read after the other, so that an older one never wins. */
  refresh(): Promise<void> {
    const load = async () => {
      const keys = await this.store.load();
      this.ring = new Map(
        keys.map(({ id, secret, retiredAt }) => [
          id,
          { id, mac: hmacSha256(secret), retiredAt: retiredAt?.getTime() ?? Infinity },
        ]),
      );
    };
    this.pending = this.pending.then(load, load);
    return this.pending;
  }

  private current(): Signer {
    const now = this.clock.now();
    for (const key of this.ring.values()) if (key.retiredAt > now) return key;
    throw new Error('no signing key is loaded');
  }
}
