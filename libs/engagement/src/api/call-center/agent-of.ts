import type { Principal } from '@repartee/access';

/** Who may take work out of others' hands. */
const LEADS = 'board:write';

/** Which agent speaks: somebody who signed in speaks for themselves, a key for whom it names. */
export function agentOf({ keyId, person }: Principal, named?: string): string {
  return person ? person.email : (named ?? keyId);
}

/** Whether the caller may change tasks that somebody else has. */
export function leads({ kind, scopes, person }: Principal): boolean {
  return kind === 'admin' || (person !== undefined && (scopes.includes('*') || scopes.includes(LEADS)));
}
