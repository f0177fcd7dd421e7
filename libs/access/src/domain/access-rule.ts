import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { CallerKind, Principal } from './principal.js';

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
  if (caller.kind !== 'admin' && !rule.kinds.includes(caller.kind)) {
    return fail(failure('ACCESS.FORBIDDEN', `This is not for ${describe(caller.kind)}`));
  }
  if (caller.scopes.includes(ALL_SCOPES)) return ok(caller);
  const scope = rule.scope ?? scopeOfRoute(method, path());
  if (caller.scopes.includes(scope)) return ok(caller);
  return fail(failure('ACCESS.FORBIDDEN', `The key lacks the scope ${scope}`));
}

/** Whether someone with `own` scopes may hand out a key with `granted` scopes: nobody gives more than they have. */
export function mayGrant(own: readonly string[], granted: readonly string[]): boolean {
  return own.includes(ALL_SCOPES) || granted.every((scope) => own.includes(scope));
}

function describe(kind: CallerKind): string {
  return kind === 'session' ? 'session tokens' : `${kind} keys`;
}
