import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, CONFIG, newId, type Config } from '@repartee/platform';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  endOfSession,
  grantsOf,
  isOver,
  isOwnOrigin,
  SECRET_BYTES,
  SEEN_EVERY_MS,
  subscriberOf,
  type Principal,
  type SignedInPerson,
} from '../../domain/index.js';
import type { StoredAccount } from '../../persistence/people/account-store.js';
import { PersonSessionStore, type FoundSession } from '../../persistence/people/session-store.js';
import { FIRST_SOURCE } from '../first-keys.js';
import { digestOf } from '../new-secret.js';

/** Where a sign-in comes from. */
export interface From {
  /** Network address. */
  address: string;
  /** The User-Agent header. */
  browser: string;
}

/** What an OpenID provider says of a session there. */
export interface ProviderProof {
  provider: string;
  subject: string;
  session: string | null;
  idToken: string | null;
}

/** A session that was just opened: the one time that its token is there in plain. */
export interface OpenedSession {
  token: string;
  caller: PersonCaller;
}

/** A person's request, and what proves that a page of ours makes it. */
export interface PersonCaller {
  principal: Principal & { readonly person: SignedInPerson };
  csrfToken: string;
  /** Milliseconds since the epoch; when it ends unless something happens before. */
  expiresAt: number;
  provider: string | null;
  idToken: string | null;
}

const TOKEN = /^[\w-]{43}$/;
const MAX_BROWSER = 200;

/** The sessions of people: opens them, recognises them, and ends them. Only digests of their tokens are stored. */
@Injectable()
export class PersonSessions {
  private readonly publicOrigin: string;

  constructor(
    private readonly store: PersonSessionStore,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.publicOrigin = new URL(config.publicUrl).origin;
  }

  /**
   * Opens a session with a token of its own; the one that the browser had ends, so that nobody is given a session that
   * somebody else knows.
   */
  async open(
    account: StoredAccount,
    from: From,
    { proof, before }: { proof?: ProviderProof; before?: string | undefined } = {},
  ): Promise<OpenedSession> {
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    const now = new Date(this.clock.now());
    const session = {
      id: newId(),
      accountId: account.id,
      createdAt: now,
      lastSeenAt: now,
      address: subscriberOf(from.address),
      browser: from.browser.replace(/\p{Control}/gu, '').slice(0, MAX_BROWSER),
      provider: proof?.provider ?? null,
      providerSubject: proof?.subject ?? null,
      providerSession: proof?.session ?? null,
      idToken: proof?.idToken ?? null,
    };
    await this.store.open(
      { ...session, digest: digestOf(token) },
      before === undefined ? null : digestOf(before),
    );
    return { token, caller: callerOfSession({ ...session, ...account, id: session.id }, token) };
  }

  /** Whose session a cookie holds, while it goes on. */
  async resolve(token: string): Promise<PersonCaller | undefined> {
    if (!TOKEN.test(token)) return undefined;
    const found = await this.store.find(digestOf(token));
    if (!found) return undefined;
    const now = this.clock.now();
    const times = { createdAt: found.createdAt.getTime(), lastSeenAt: found.lastSeenAt.getTime() };
    if (isOver(times, now)) {
      await this.store.end(found.accountId, found.id);
      return undefined;
    }
    if (now - times.lastSeenAt >= SEEN_EVERY_MS) {
      found.lastSeenAt = new Date(now);
      await this.store.touch(found.id, found.lastSeenAt);
    }
    return callerOfSession(found, token);
  }

  /**
   * Whether a page of our own makes a request that changes something: its Origin is ours, and it shows the token that
   * only such a page can read. SameSite=Lax keeps other sites out before; other hosts of our own site it does not.
   */
  checkOrigin(
    { csrfToken }: PersonCaller,
    request: { origin?: string; host?: string; shown: string | string[] | undefined },
  ): Result<void> {
    const { origin, host, shown } = request;
    if (!this.isOurs(origin, host)) return csrf('The Origin header does not name this very host');
    if (typeof shown !== 'string' || !equal(shown, csrfToken))
      return csrf('Show the session’s csrfToken in the header X-CSRF-Token');
    return ok(undefined);
  }

  isPast(time: string): boolean {
    return Date.parse(time) <= this.clock.now();
  }

  isOurs(origin: string | undefined, host: string | undefined): boolean {
    return origin !== undefined && isOwnOrigin(origin, host, this.publicOrigin);
  }
}

/** Follows from the session's token, so that it fits no other session and needs not be kept. */
function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('repartee csrf').digest('base64url');
}

function callerOfSession(session: FoundSession, token: string): PersonCaller {
  const { accountId, email, name, roles, provider, idToken } = session;
  const { scopes, adminScopes } = grantsOf(roles);
  return {
    principal: {
      kind: 'person',
      keyId: `account:${accountId}`,
      source: FIRST_SOURCE,
      scopes,
      person: { accountId, email, name, roles, adminScopes, sessionId: session.id },
    },
    csrfToken: csrfTokenOf(token),
    expiresAt: endOfSession({
      createdAt: session.createdAt.getTime(),
      lastSeenAt: session.lastSeenAt.getTime(),
    }),
    provider,
    idToken,
  };
}

function equal(shown: string, expected: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function csrf(detail: string): Result<never> {
  return fail(failure('ACCESS.CSRF', detail));
}
