import { IdentityPolicies } from './identity-policies.js';

describe('IdentityPolicies', () => {
  it('overrides what a configuration names, and nothing else', () => {
    const read = IdentityPolicies.read('{"email": {"limit": 2}, "store_card": {"limit": 1}}');
    expect(read).toMatchObject({
      ok: true,
      value: {
        all: {
          email: { limit: 2, strong: true, sharedAbove: 5 },
          store_card: { limit: 1, strong: true },
          phone: { strong: false },
        },
      },
    });
  });

  it.each(['no json', '[]', '{"email": {"limit": 0}}', '{"E-Mail": {}}', '{"email": {"colour": 1}}'])(
    'refuses %s',
    (text) => expect(IdentityPolicies.read(text)).toMatchObject({ ok: false }),
  );
});
