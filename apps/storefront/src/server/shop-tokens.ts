import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignJWT, jwtVerify } from 'jose';
import type { User } from '../catalogue/product.js';
import { accountOf } from './account.js';

const COOKIE = 'shop_session';
const SESSION_SECONDS = 30 * 24 * 3600;
const TOKEN_SECONDS = 30 * 60;

/** Signs what proves who is here: to the hub a token of half an hour, to the shop itself a cookie of a month. */
export class ShopTokens {
  private readonly signingKey: Uint8Array;
  private readonly cookieKey: Uint8Array;

  /** @param now business time in milliseconds: what the hub goes by */
  constructor(
    signingSecret: string,
    private readonly now: () => Promise<number>,
  ) {
    this.signingKey = new TextEncoder().encode(signingSecret);
    // A key of its own: the hub must never take a cookie for a user token.
    this.cookieKey = createHmac('sha256', signingSecret).update('shop session cookie').digest();
  }

  async userToken(user: User): Promise<string> {
    const now = Math.floor((await this.now()) / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.id)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .sign(this.signingKey);
  }

  async remember(user: User, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.email)
      .setExpirationTime(`${SESSION_SECONDS}s`)
      .sign(this.cookieKey);
    this.setCookie(request, reply, token, SESSION_SECONDS);
  }

  forget(request: FastifyRequest, reply: FastifyReply): void {
    this.setCookie(request, reply, '', 0);
  }

  /** Who is signed in by this request's cookie. */
  async userOf(request: FastifyRequest): Promise<User | null> {
    const token = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.-]+)`).exec(request.headers.cookie ?? '')?.[1];
    if (!token) return null;
    try {
      const { payload } = await jwtVerify(token, this.cookieKey, { algorithms: ['HS256'] });
      return payload.sub ? accountOf(payload.sub) : null;
    } catch {
      return null;
    }
  }

  private setCookie(request: FastifyRequest, reply: FastifyReply, value: string, seconds: number): void {
    const secure = request.protocol === 'https' ? '; Secure' : '';
    reply.header(
      'set-cookie',
      `${COOKIE}=${value}; Path=/shop; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
    );
  }
}
