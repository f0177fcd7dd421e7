import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';

/** Who may take work out of others' hands. */
const LEADS = 'board:write';

/** Which agent speaks: a key for whom it names; somebody who signed in for themselves alone, else ACCESS.FORBIDDEN. */
export function agentOf({ keyId, person }: Principal, named?: string): Result<string> {
  if (!person) return ok(named ?? keyId);
  if (named === undefined || named === person.email) return ok(person.email);
  return fail(failure('ACCESS.FORBIDDEN', `You are signed in as ${person.email}, and speak for nobody else`));
}

/** Whether the caller may change tasks that somebody else has. */
export function leads({ kind, scopes, person }: Principal): boolean {
  return kind === 'admin' || (person !== undefined && (scopes.includes('*') || scopes.includes(LEADS)));
}
