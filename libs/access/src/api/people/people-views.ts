import type { z } from 'zod';
import { endOfSession, homeOf, safeReturnPath } from '../../domain/index.js';
import type { StoredAccount } from '../../persistence/people/account-store.js';
import type { StoredPersonSession } from '../../persistence/people/session-store.js';
import type { accountSchema, sessionPageSchema, signedInSchema } from './people-schemas.js';
import type { PersonCaller } from './person-sessions.js';

export type AccountView = z.output<typeof accountSchema>;
export type SignedIn = z.output<typeof signedInSchema>;
export type SessionView = z.output<typeof sessionPageSchema>['items'][number];

/** @param returnTo what somebody asked for, unchecked */
export function signedInView(
  { principal, csrfToken, expiresAt }: PersonCaller,
  returnTo: string | undefined,
): SignedIn {
  const { accountId, email, name, roles, adminScopes, sessionId } = principal.person;
  return {
    account: { id: accountId, email, name },
    roles: [...roles],
    scopes: [...principal.scopes],
    adminScopes: [...adminScopes],
    csrfToken,
    sessionId,
    expiresAt: new Date(expiresAt).toISOString(),
    next: safeReturnPath(returnTo, homeOf(roles)),
  };
}

export function sessionView(session: StoredPersonSession, current: string): SessionView {
  const { id, createdAt, lastSeenAt, browser, address, provider } = session;
  const end = endOfSession({ createdAt: createdAt.getTime(), lastSeenAt: lastSeenAt.getTime() });
  return {
    id,
    current: id === current,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: new Date(end).toISOString(),
    browser,
    address,
    with: provider ?? 'password',
  };
}

export function accountView(account: StoredAccount): AccountView {
  const { id, email, name, roles, passwordHash, createdAt, lastSignInAt, disabledAt } = account;
  return {
    ...{ id, email, name, roles },
    hasPassword: passwordHash !== null,
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    disabledAt: disabledAt?.toISOString() ?? null,
  };
}
