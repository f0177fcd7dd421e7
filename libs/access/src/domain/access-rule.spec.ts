import { authorize, mayGrant, SCOPE_PATTERN, scopeOfRoute } from './access-rule.js';
import type { CallerKind, Principal } from './principal.js';

function caller(kind: CallerKind, scopes: string[] = ['*']): Principal {
  return { kind, keyId: 'k', source: 'default', scopes };
}

describe('authorize', () => {
  const rule = { kinds: ['server'] } as const;

  it('lets the named kinds through, and administrators everywhere', () => {
    expect(authorize(rule, caller('server'), 'POST', () => '/v1/decisions').ok).toBe(true);
    expect(authorize(rule, caller('admin'), 'POST', () => '/v1/decisions').ok).toBe(true);
  });

  it.each(['public', 'session'] as const)('refuses %s callers that the rule does not name', (kind) => {
    expect(authorize(rule, caller(kind), 'POST', () => '/v1/decisions')).toMatchObject({
      failure: { code: 'ACCESS.FORBIDDEN', status: 403 },
    });
  });

  it('wants the scope of the route from a limited key, of administrators too', () => {
    expect(authorize(rule, caller('server', ['decisions:write']), 'POST', () => '/v1/decisions').ok).toBe(
      true,
    );
    expect(authorize(rule, caller('server', ['decisions:read']), 'POST', () => '/v1/decisions').ok).toBe(
      false,
    );
    expect(authorize(rule, caller('admin', ['profiles:read']), 'GET', () => '/v1/keys').ok).toBe(false);
    expect(authorize(rule, caller('admin', []), 'GET', () => '/v1/keys').ok).toBe(false);
  });

  it('prefers the scope that the rule names', () => {
    const lookup = { kinds: ['server'], scope: 'profiles:read' } as const;
    expect(
      authorize(lookup, caller('server', ['profiles:read']), 'POST', () => '/v1/profiles/lookup').ok,
    ).toBe(true);
  });
});

describe('scopeOfRoute', () => {
  it.each([
    ['GET', '/v1/profiles/:id/timeline', 'profiles:read'],
    ['HEAD', '/v1/profiles/:id', 'profiles:read'],
    ['POST', '/v1/match-reviews/:id', 'match-reviews:write'],
    ['DELETE', '/v1/keys/:id', 'keys:write'],
    ['GET', '/sourceConfig/', 'sourceconfig:read'],
    ['GET', '/', 'root:read'],
  ])('%s %s is %s', (method, path, scope) => {
    expect(scopeOfRoute(method, path)).toBe(scope);
    expect(scope).toMatch(SCOPE_PATTERN);
  });
});

describe('mayGrant', () => {
  it('gives nobody more than they have', () => {
    expect(mayGrant(['*'], ['*'])).toBe(true);
    expect(mayGrant(['*'], ['profiles:read'])).toBe(true);
    expect(mayGrant(['keys:write', 'profiles:read'], ['profiles:read'])).toBe(true);
    expect(mayGrant(['keys:write'], ['profiles:read'])).toBe(false);
    expect(mayGrant(['keys:write'], ['*'])).toBe(false);
  });
});
