import { Injectable } from '@nestjs/common';
import { Clock } from '@repartee/platform';
import {
  readSession,
  SESSION_LIFETIME_MS,
  SESSION_PREFIX,
  writeSession,
  type Session,
} from '../domain/index.js';
import { TokenSigner } from './token-signer.js';

const PURPOSE = 'session';

/** Tokens with which one visitor's browser asks for decisions. Valid 12 hours from the last {@link issue} unless told. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly signer: TokenSigner,
    private readonly clock: Clock,
  ) {}

  /**
   * Issues a token; issuing again from an open one slides its expiry.
   * @param session `userId` only when a user token proved it, `proved` only when a code did
   * @param lifetime milliseconds
   */
  issue(
    session: Omit<Session, 'expiresAt'>,
    lifetime = SESSION_LIFETIME_MS,
  ): { token: string; expiresAt: Date } {
    const expiresAt = this.clock.now() + lifetime;
    const token = this.signer.sign(PURPOSE, writeSession({ ...session, expiresAt }));
    return { token: `${SESSION_PREFIX}${token}`, expiresAt: new Date(expiresAt) };
  }

  /** The session of a token, or `null` when it is not ours or has expired. */
  open(token: string): Session | null {
    if (!token.startsWith(SESSION_PREFIX)) return null;
    const payload = this.signer.open(PURPOSE, token.slice(SESSION_PREFIX.length));
    return payload && readSession(payload.toString(), this.clock.now());
  }
}
