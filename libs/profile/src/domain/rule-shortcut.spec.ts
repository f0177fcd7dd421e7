import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { FieldReaders } from './field-readers.js';
import { shortcutOf } from './rule-shortcut.js';

const environment = new Environment().registerVariable('context', 'map').registerVariable('profile', 'map');

function both(source: string, variables: { context: object; profile: object }) {
  const run = environment.parse(source);
  let asked: unknown;
  try {
    asked = run(variables as unknown as Record<string, unknown>);
  } catch {
    asked = 'error';
  }
  return { asked, shortcut: shortcutOf(run.ast, new FieldReaders())?.(variables) };
}

const fields = [
  'context.a',
  'context.b',
  'context["c d"]',
  'profile.traits.a',
  'profile.traits.b.c',
  'context.none',
];
const literal = fc.oneof(
  fc.constantFrom('true', 'false', '"x"', '"y"', '""', '"ü"', '1u', 'null', '9007199254740993'),
  fc.integer({ min: -3, max: 3 }).map(String),
  fc.constantFrom('-1.5', '0.0', '1.0', '2.5'),
);
const plain = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...fields),
      fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
      literal,
      fc.boolean(),
    )
    .map(([field, op, value, turned]) => (turned ? `${value} ${op} ${field}` : `${field} ${op} ${value}`)),
  fc
    .tuple(fc.constantFrom(...fields), fc.array(literal, { maxLength: 3 }))
    .map(([f, l]) => `${f} in [${l.join(', ')}]`),
  fc.constantFrom(...fields),
  fc.constantFrom('has(context.a)', 'size(profile.traits) > 1', 'context.a == context.b', 'true'),
);
const { rule } = fc.letrec<{ rule: string }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3 },
    plain,
    fc
      .tuple(tie('rule'), fc.constantFrom('&&', '||'), tie('rule'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie('rule').map((inner) => `!(${inner})`),
  ),
}));
const value = fc.oneof(
  fc.boolean(),
  fc.constantFrom<unknown>('x', 'y', '', 'ü', null, NaN, Infinity, -0, 1.5, [], ['x'], new Date(0), { c: 1 }),
  fc.integer({ min: -3, max: 3 }),
);
const holder = (keys: string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });

describe('a shortcut', () => {
  it('says what CEL says, or nothing', () => {
    let told = 0;
    fc.assert(
      fc.property(rule, holder(['a', 'b', 'c d']), holder(['a', 'b']), (source, context, traits) => {
        let found;
        try {
          found = both(source, { context, profile: { traits } });
        } catch {
          return; // CEL refuses the text: such a rule is never saved.
        }
        if (found.shortcut === undefined) return;
        told += 1;
        expect({ source, context, traits, says: found.shortcut }).toEqual({
          source,
          context,
          traits,
          says: found.asked,
        });
      }),
      { numRuns: 3000 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it('knows the usual shapes', () => {
    const variables = { context: { basket: 12, device: 'mobile' }, profile: { traits: { tier: 'gold' } } };
    for (const source of [
      'context.basket > 5.0 && profile.traits.tier == "gold"',
      'context.basket >= -1 || profile.traits["tier"] in ["silver"]',
      '!(12 != context.basket)',
    ])
      expect(both(source, variables)).toEqual({ asked: true, shortcut: true });
  });

  it('leaves to CEL what is missing, inherited, or of another type', () => {
    const variables = { context: { list: [1], text: 'x' }, profile: {} };
    for (const source of [
      'context.gone == 1',
      'context.constructor == "x"',
      'context.list.length == 1',
      'context.text > 1',
    ])
      expect(shortcutOf(environment.parse(source).ast, new FieldReaders())?.(variables)).toBeUndefined();
  });
});
