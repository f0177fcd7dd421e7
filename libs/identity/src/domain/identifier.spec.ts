import { identifiersOf } from './event-identifiers.js';
import { keyOf, normaliseIdentifier, parseIdentifier } from './identifier.js';

const key = (name: string, raw: string, defaultCountry?: string) => {
  const result = normaliseIdentifier(name, raw, { defaultCountry });
  return result.ok ? keyOf(result.value) : result.failure.code;
};

describe('normaliseIdentifier', () => {
  it.each([
    ['email', ' Ann@Example.ORG ', 'email:ann@example.org'],
    ['email', 'müller@bücher.example', 'email:müller@bücher.example'],
    ['phone', '+1 (415) 555-2671', 'phone:+14155552671'],
    ['userId', '42', 'user_id:42'],
    ['loyalty_id', 'A-7', 'loyalty_id:A-7'],
  ])('brings %s %s into its one form', (name, raw, expected) => expect(key(name, raw)).toBe(expected));

  it('reads a national number with the country it was given', () => {
    expect(key('phone', '081 234 5678', 'TH')).toBe('phone:+66812345678');
    expect(key('phone', '081 234 5678')).toBe('PROFILE.INVALID_IDENTIFIER');
  });

  it.each([
    ['email', `${'a'.repeat(5000)}@example.org`],
    ['email', 'no at sign'],
    ['email', 'a@b@c'],
    ['email', 'x@y>\r\nBcc: z'],
    ['phone', '12'],
    ['user_id', 'null'],
    ['user_id', '-1'],
    ['user_id', '0000'],
    ['user_id', 'Anonymous'],
    ['user_id', '   '],
    ['User Id', '42'],
  ])('refuses %s %s', (name, raw) => expect(key(name, raw)).toBe('PROFILE.INVALID_IDENTIFIER'));

  it('reads what it writes', () => {
    expect(parseIdentifier('email:Ann@example.org')).toEqual({
      ok: true,
      value: { namespace: 'email', value: 'ann@example.org' },
    });
    expect(parseIdentifier('nonsense').ok).toBe(false);
  });
});

describe('identifiersOf', () => {
  it('finds them all, strongest first, and leaves out what is none', () => {
    const found = identifiersOf({
      type: 'identify',
      payload: {
        userId: 'u1',
        anonymousId: 'a1',
        traits: { email: 'ANN@example.org', phone: 'call me' },
        context: {
          externalIds: [{ type: 'loyalty_id', id: 'L9', collection: 'users', encoding: 'none' }, 'junk'],
        },
      },
    });
    expect(found.map(keyOf)).toEqual([
      'user_id:u1',
      'loyalty_id:L9',
      'email:ann@example.org',
      'anonymous_id:a1',
    ]);
  });
});
