import fc from 'fast-check';
import { normalizeEmail } from './email.js';
import { subscriberOf } from './network-address.js';
import { readClaims } from './provider-claims.js';
import { safeReturnPath } from './return-path.js';
import { grantsOf, ROLES } from './roles.js';

describe('where to go on', () => {
  it('is never another site, whatever is asked for', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '//',
      '.',
      '..',
      '@',
      ':',
      '%2f',
      '%5c',
      '\t',
      '\n',
      'evil.example',
      'a',
      '?',
      '#',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const path = safeReturnPath(text, '/agent');
          expect(new URL(path, 'https://hub.example.org/signin').origin).toBe('https://hub.example.org');
          expect(path).toMatch(/^\/(?![/\\])/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is the path that was asked for where it is ours', () => {
    expect(safeReturnPath('/agent/tasks?due=1#top')).toBe('/agent/tasks?due=1#top');
  });
});

describe('an address', () => {
  it.each([
    [' Ann@Example.ORG ', 'ann@example.org'],
    ['ann@пример.рф', 'ann@пример.рф'],
    ['ann', undefined],
    ['ann@', undefined],
    ['a b@example.org', undefined],
    ['ann@example.org\u0000', undefined],
    [`${'a'.repeat(250)}@example.org`, undefined],
    ['x'.repeat(100_000), undefined],
  ])('%.40j is %j', (text, email) => {
    expect(normalizeEmail(text)).toBe(email);
  });
});

describe('a subscriber', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, subscriber) => {
    expect(subscriberOf(address)).toBe(subscriber);
  });
});

describe('roles', () => {
  it('add up, and give nothing twice', () => {
    const { scopes, adminScopes } = grantsOf(['agent', 'supervisor', 'analyst']);
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(scopes).toEqual(expect.arrayContaining(['tasks:write', 'merges:write', 'models:read']));
    expect(adminScopes).toEqual(['messages:write', 'configuration:read']);
    expect(grantsOf([])).toEqual({ scopes: [], adminScopes: [] });
  });

  it('of nobody but administrators reach accounts, the audit log and what is kept how long', () => {
    const closed = ['accounts:read', 'accounts:write', 'audit:read', 'retention:write', 'approvals:write'];
    for (const role of ROLES.filter((one) => one !== 'admin')) {
      const { adminScopes } = grantsOf([role]);
      expect(adminScopes.filter((scope) => scope === '*' || closed.includes(scope))).toEqual([]);
    }
  });
});

describe('what a provider says', () => {
  const mapping = {
    claim: 'groups',
    roles: new Map([
      ['Leads', 'supervisor'],
      ['Root', 'root'],
    ]),
  };

  it('is believed of an address only where the provider verified it', () => {
    const claims = { sub: '1', email: 'Ann@example.org', name: 'Ann\u0007 Lee' };
    expect(readClaims({ ...claims, email_verified: true }, mapping)).toEqual({
      subject: '1',
      email: 'ann@example.org',
      name: 'Ann Lee',
      roles: [],
    });
    for (const verified of [false, 'true', 1, undefined])
      expect(readClaims({ ...claims, email_verified: verified }, mapping).email).toBeUndefined();
  });

  it('gives roles by the table alone', () => {
    expect(readClaims({ sub: '1', groups: ['Leads', 'admin', 7, null] }, mapping).roles).toEqual([
      'supervisor',
    ]);
    expect(readClaims({ sub: '1', groups: 'Leads' }, mapping).roles).toEqual(['supervisor']);
    expect(readClaims({ sub: '1', groups: { admin: true } }, mapping).roles).toEqual([]);
    expect(readClaims({ sub: '1', groups: ['Leads'] }, { roles: mapping.roles }).roles).toBeUndefined();
  });

  it('of any shape is read without fail', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('sub', 'email', 'email_verified', 'name', 'groups'), fc.anything()),
        (claims) => {
          expect(() => readClaims({ ...claims, sub: 'x' }, mapping)).not.toThrow();
        },
      ),
    );
  });
});
