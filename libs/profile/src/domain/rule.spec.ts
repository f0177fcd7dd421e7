import { compileRule } from './rule.js';
import { type RuleScope, ruleTypes } from './rule-types.js';
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

  it('knows the types of computed traits when it is told', () => {
    const types = ruleTypes({ visits: 'double', last_seen: 'dyn' });
    const check = (source: string) => compileRule(source, 'profile', types);
    expect(check('profile.computed.visits >= 3 && profile.traits.tier == "gold"').ok).toBe(true);
    expect(check('profile.computed.visits == "many"')).toMatchObject({ ok: false, failure: { start: 0 } });
    expect(check('profile.computed.vists >= 3')).toMatchObject({
      failure: { message: expect.stringContaining('vists') as string },
    });
    const rule = check('profile.computed.visits >= 3');
    expect(rule.ok && rule.value.evaluate({ profile: { computed: { visits: 3 } }, now })).toEqual({
      value: true,
    });
  });

  it('refuses a rule that is too large', () => {
    expect(compileRule(Array.from({ length: 3000 }, () => '1 == 1').join(' && '), 'profile').ok).toBe(false);
  });
});
