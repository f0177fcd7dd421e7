import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { CallerKind, KeyKind, Principal, SignedInPerson } from './principal.js';

/** Every scope of the key's kind. */
export const ALL_SCOPES = '*';

/** Who may call a route. Administrators always may, within their scopes. */
export interface AccessRule {
  readonly kinds: readonly CallerKind[];
  /** `<resource>:read|write`, which a key that is limited to scopes must hold; see {@link scopeOfRoute} for the default. */
  readonly scope?: string;
}

/** `*` or `<resource>:read|write`. */
export const SCOPE_PATTERN = /^(?:\*|[a-z][a-z0-9-]{0,62}:(?:read|write))$/;

/** The scope of a route that names none: the first path segment after the version, read for safe methods and write for others. */
export function scopeOfRoute(method: string, path: string): string {
  const [resource = 'root'] = path.replace(/^\/+(?:v\d+\/+)?/, '').split(/[/?:*{]/);
  const safe = method === 'GET' || method === 'HEAD';
  return `${resource.toLowerCase() || 'root'}:${safe ? 'read' : 'write'}`;
}

/**
 * Applies a rule to a caller.
 * @param method of the request, and `path` of the route: they name the scope where the rule names none
 */
export function authorize(
  rule: AccessRule,
  caller: Principal,
  method: string,
  path: () => string,
): Result<Principal> {
  if (caller.person) return authorizePerson(rule, caller, caller.person, () => scopeOf(rule, method, path));
  const peopleAlone = rule.kinds.length > 0 && rule.kinds.every((kind) => kind === 'person');
  if (peopleAlone || (caller.kind !== 'admin' && !rule.kinds.includes(caller.kind))) {
    return fail(failure('ACCESS.FORBIDDEN', `This is not for ${describe(caller.kind)}`));
  }
  if (caller.scopes.includes(ALL_SCOPES)) return ok(caller);
  const scope = scopeOf(rule, method, path);
  if (caller.scopes.includes(scope)) return ok(caller);
  return fail(failure('ACCESS.FORBIDDEN', `The key lacks the scope ${scope}`));
}

/**
 * What a person may follows from their roles alone. A route that servers may call asks for a scope of theirs; one that is
 * for administrators, or for visitors, for one that is given on purpose. A route for people takes each; one that is for
 * write keys, as those of events are, takes none: what is said there is said by a source.
 */
function authorizePerson(
  rule: AccessRule,
  caller: Principal,
  person: SignedInPerson,
  scopeOfRule: () => string,
): Result<Principal> {
  if (rule.kinds.includes('person')) return ok(caller);
  if (rule.kinds.includes('public')) return fail(failure('ACCESS.FORBIDDEN', 'This is for keys of sources'));
  const own = rule.kinds.includes('server') ? caller.scopes : person.adminScopes;
  if (own.includes(ALL_SCOPES) || own.includes(scopeOfRule())) return ok(caller);
  return fail(failure('ACCESS.FORBIDDEN', 'Your roles do not cover this'));
}

/** Whether the caller may speak for sources that are not its own: administrators and people may, servers and visitors not. */
export function speaksForAll({ kind }: Principal): boolean {
  return kind === 'admin' || kind === 'person';
}

/** What the caller may hand out with a key of this kind: a person's roles say it apart for keys of administrators. */
export function ownScopes(caller: Principal, kind: KeyKind): readonly string[] {
  return kind === 'admin' && caller.person ? caller.person.adminScopes : caller.scopes;
}

/** Whether someone with `own` scopes may hand out a key with `granted` scopes: nobody gives more than they have. */
export function mayGrant(own: readonly string[], granted: readonly string[]): boolean {
  return own.includes(ALL_SCOPES) || granted.every((scope) => own.includes(scope));
}

function scopeOf(rule: AccessRule, method: string, path: () => string): string {
  return rule.scope ?? scopeOfRoute(method, path());
}

function describe(kind: CallerKind): string {
  return kind === 'session' ? 'session tokens' : `${kind} keys`;
}
