import { compileRule, type RuleScope } from './rule.js';
import { STRANGER } from './profile-view.js';

const compiled = (source: string, scope: RuleScope = 'profile') => {
  const result = compileRule(source, scope);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};
const now = new Date('2026-01-15T12:00:00Z');
const profile = {
  ...STRANGER,
  computed: { orders_total: 120.5, last_order_at: new Date('2026-01-10T00:00:00Z') },
};

describe('compileRule', () => {
  it.each([
    ['profile.computed.orders_total > 100.0', true],
    ['profile.computed.orders_total > 100', true],
    ['profile.known', false],
    ['now - profile.computed.last_order_at > duration("24h")', true],
    ['"Product Viewed" in profile.events', false],
  ])('evaluates %s', (source, value) =>
    expect(compiled(source).evaluate({ profile, now })).toEqual({ value }),
  );

  it('does not know what a missing field says', () => {
    const verdict = compiled('profile.traits.age > 18').evaluate({ profile, now });
    expect(verdict.value).toBeUndefined();
    expect(verdict.unknown).toMatch(/age/);
  });

  it('takes what is no truth value for unknown', () => {
    expect(compiled('profile.computed.orders_total').evaluate({ profile, now }).unknown).toMatch(/number/);
  });

  it.each([
    ['profile.computed.orders_total >', 31],
    ['nobody.knows', 0],
    ['1 + "a" == 2', 0],
    ['1 + 1', 0],
    ['event.name == "X"', 0],
  ])('refuses %s and says where', (source, start) => {
    expect(compileRule(source, 'profile')).toMatchObject({ ok: false, failure: { start } });
  });

  it('leaves errors elsewhere their stacks', () => {
    compiled('profile.traits.age > 18').evaluate({ profile, now });
    expect(new Error('x').stack).toMatch(/rule\.spec/);
  });

  it('refuses a rule that is too large', () => {
    expect(compileRule(Array.from({ length: 3000 }, () => '1 == 1').join(' && '), 'profile').ok).toBe(false);
  });
});
