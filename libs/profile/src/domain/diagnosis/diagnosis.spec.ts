import fc from 'fast-check';
import { compileRule, type RuleVariables } from '../rule.js';
import { diagnoseRule, withFacts } from './index.js';

const NOON = Date.UTC(2026, 2, 4, 12);
const variables = (traits: object, context: object = {}): RuleVariables => ({
  profile: { traits, computed: {}, events: {}, segments: [] },
  context,
  now: new Date(NOON),
});
const diagnose = (source: string, known = variables({})) => diagnoseRule(source, 'profile+context', known);
const holds = (source: string, known: RuleVariables) => {
  const rule = compileRule(source, 'profile+context');
  if (!rule.ok) throw new Error(`${source}: ${rule.failure.message}`);
  return rule.value.evaluate(known).value === true;
};
const told = (source: string, known?: RuleVariables) =>
  diagnose(source, known).remedies.map((facts) =>
    facts.map(({ path, relation, operand, example }) => [path.join('.'), relation, operand, example]),
  );

/** Conditions on one trait each, with what makes them hold. */
const atom = (trait: string) =>
  fc.constantFrom(
    `profile.traits.${trait} > 3`,
    `profile.traits.${trait} <= -2.5`,
    `7 < profile.traits.${trait}`,
    `profile.traits.${trait} == "gold"`,
    `profile.traits.${trait} != "gold"`,
    `profile.traits["${trait}"] in ["a", "b"]`,
    `!(profile.traits.${trait} in [1, 2, 3])`,
    `has(profile.traits.${trait})`,
    `profile.traits.${trait}`,
    `!profile.traits.${trait}`,
    `profile.traits.${trait}.startsWith("x")`,
    `"${trait}" in profile.traits`,
    `profile.traits.${trait} == true ? true : false`,
  );
const tree = (traits: readonly string[]): fc.Arbitrary<string> => {
  const [first = '', ...rest] = traits;
  if (rest.length === 0) return atom(first);
  return fc
    .tuple(
      tree(traits.slice(0, Math.ceil(traits.length / 2))),
      tree(traits.slice(Math.ceil(traits.length / 2))),
    )
    .chain(([left, right]) =>
      fc.constantFrom(`(${left}) && (${right})`, `(${left}) || (${right})`, `!((${left}) && (${right}))`),
    );
};
const value = fc.constantFrom(undefined, 0, 2, 9, -4, 'gold', 'a', 'xylophone', true, false);
const traitsOf = (names: readonly string[]) =>
  fc
    .tuple(...names.map(() => value))
    .map((values) =>
      Object.fromEntries(names.flatMap((name, at) => (values[at] === undefined ? [] : [[name, values[at]]]))),
    );

describe('what would make a rule hold', () => {
  it('makes it hold, whatever the rule and the person', () => {
    const names = ['one', 'two', 'three', 'four'];
    // The same trait in several places, too: some of these rules can never hold.
    const tangled = fc
      .array(fc.constantFrom(...names), { minLength: 1, maxLength: 5 })
      .chain((used) => tree(used));
    fc.assert(
      fc.property(tangled, traitsOf(names), (source, traits) => {
        const known = variables(traits);
        for (const facts of diagnose(source, known).remedies)
          expect({ source, facts, holds: holds(source, withFacts(known, facts)) }).toMatchObject({
            holds: true,
          });
      }),
      { numRuns: 400 },
    );
  });

  it('is found where every trait is asked for once', () => {
    const names = ['one', 'two', 'three'];
    const plain = fc.constantFrom('> 3', '== "gold"', 'in ["a", "b"]').map(String);
    const rule = fc
      .tuple(plain, plain, plain, fc.constantFrom('&&', '||'), fc.constantFrom('&&', '||'))
      .map(
        ([a, b, c, x, y]) =>
          `(profile.traits.one ${a} ${x} profile.traits.two ${b}) ${y} profile.traits.three ${c}`,
      );
    fc.assert(
      fc.property(rule, traitsOf(names), (source, traits) => {
        const known = variables(traits);
        const { remedies, conditions } = diagnose(source, known);
        const already = holds(source, known);
        expect({ source, found: remedies.length > 0 }).toEqual({ source, found: !already });
        expect(conditions.length > 0).toBe(!already);
      }),
    );
  });

  it('is told by fact, relation and example, the fewest facts first', () => {
    expect(told('profile.traits.age >= 18 && profile.traits.plan == "gold"')).toEqual([
      [
        ['profile.traits.age', 'at-least', 18, 18],
        ['profile.traits.plan', 'is', 'gold', 'gold'],
      ],
    ]);
    expect(told('profile.traits.age >= 18 && context.page == "x" || profile.known')).toEqual([
      [['profile.known', 'is', true, true]],
      [
        ['profile.traits.age', 'at-least', 18, 18],
        ['context.page', 'is', 'x', 'x'],
      ],
    ]);
    expect(told('profile.traits.x > 3 && profile.traits.x < 5')).toEqual([
      [
        ['profile.traits.x', 'more-than', 3, 4],
        ['profile.traits.x', 'less-than', 5, 4],
      ],
    ]);
    expect(told('has(profile.traits.x) && profile.traits.x > 3')).toEqual([
      [['profile.traits.x', 'more-than', 3, 4]],
    ]);
    expect(told('"vip" in profile.segments')).toEqual([[['profile.segments', 'contains', 'vip', ['vip']]]]);
    expect(told('profile.events["Order Completed"].count >= 2')).toEqual([
      [['profile.events.Order Completed.count', 'at-least', 2, 2]],
    ]);
    expect(told('profile.traits.x > profile.traits.y', variables({ x: 1, y: 5 }))).toEqual([
      [['profile.traits.x', 'more-than', 5, 6]],
      [['profile.traits.y', 'less-than', 1, 0]],
    ]);
  });

  it('is not claimed where it cannot be told', () => {
    expect(told('size(profile.traits.list) > 2')).toEqual([]);
    expect(told('profile.traits.x > 3 && profile.traits.x < 2')).toEqual([]);
    expect(told('profile.traits.total * 2 > 10', variables({ total: 1 }))).toEqual([]);
    expect(told('this is no rule')).toEqual([]);
  });

  it('names the conditions to blame', () => {
    const known = variables({ age: 17, plan: 'gold' });
    const source =
      'profile.traits.age >= 18 && !(profile.traits.plan == "gold") && profile.traits.city == "Graz"';
    expect(diagnose(source, known).conditions).toEqual([
      { source: 'profile.traits.age >= 18', verdict: 'false', facts: [['profile', 'traits', 'age']] },
      { source: 'profile.traits.plan == "gold"', verdict: 'true', facts: [['profile', 'traits', 'plan']] },
      { source: 'profile.traits.city == "Graz"', verdict: 'unknown', facts: [['profile', 'traits', 'city']] },
    ]);
  });

  it('is the passing of time where the rule asks for it', () => {
    const turns = (source: string, known?: RuleVariables) => diagnose(source, known).turnsAt;
    const seen = { ...variables({}), profile: { computed: { last_seen: new Date(NOON - 3_600_000) } } };
    const day = turns('now - profile.computed.last_seen > duration("24h")', seen)!;
    expect(Math.abs(day - (NOON + 23 * 3_600_000))).toBeLessThan(2000);
    expect(turns('now >= timestamp("2026-04-01T00:00:00Z")')).toBe(Date.UTC(2026, 3, 1));
    expect(turns('now.getHours() == 9')).toBe(Date.UTC(2026, 2, 5, 9));
    expect(turns('now < timestamp("2026-01-01T00:00:00Z")')).toBeNull();
    expect(turns('profile.traits.x > 1')).toBeNull();
  });
});
