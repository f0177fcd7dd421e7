import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { From } from './person-sessions.js';

/** The cookies of ours, without the prefix they have under https. */
export type CookieName = 'repartee_session' | 'repartee_device' | 'repartee_oidc';

const MAX_HEADER = 16_384;

/**
 * What browsers are given to keep. Under https names begin with `__Host-` (RFC 6265bis): no other host of the domain can
 * set such a cookie, so nobody plants a session.
 */
export class Cookies {
  private readonly secure: boolean;

  constructor(publicUrl: string) {
    this.secure = publicUrl.startsWith('https:');
  }

  read(request: FastifyRequest, name: CookieName): string | undefined {
    const { cookie } = request.headers;
    if (cookie === undefined || cookie.length > MAX_HEADER) return undefined;
    return parseCookie(cookie)[this.nameOf(name)] || undefined;
  }

  /** @param seconds it is kept; as long as the browser runs unless given */
  write(reply: FastifyReply, name: CookieName, value: string, seconds?: number): void {
    const cookie = stringifySetCookie({
      name: this.nameOf(name),
      value,
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
      path: '/',
      ...(seconds !== undefined && { maxAge: seconds }),
    });
    // Fastify keeps several values of this one header.
    void reply.header('set-cookie', cookie);
  }

  clear(reply: FastifyReply, name: CookieName): void {
    this.write(reply, name, '', 0);
  }

  private nameOf(name: CookieName): string {
    return this.secure ? `__Host-${name}` : name;
  }
}

/** Where a request comes from. */
export function fromOf(request: FastifyRequest): From {
  return { address: request.ip, browser: request.headers['user-agent'] ?? '' };
}
