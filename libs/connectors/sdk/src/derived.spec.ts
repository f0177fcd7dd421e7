import fc from 'fast-check';
import { z } from 'zod';
import { configExample, exampleOf, exampleSettings, secret, settingsForm } from './index.js';

const connector = {
  name: 'sms-test',
  settings: z.object({
    accountId: z.string().min(3).describe('Account at the provider'),
    authToken: secret().describe('Its token'),
    url: z.url().default('https://api.example.com'),
    mode: z.enum(['live', 'test']).optional(),
    publicUrl: z.url().meta({ variable: 'REPARTEE_PUBLIC_URL' }).optional(),
  }),
};

describe('derived from the settings of a connector', () => {
  it('a form that marks secrets and shows none', () => {
    expect(settingsForm(connector)).toMatchObject({
      type: 'object',
      required: ['accountId', 'authToken'],
      properties: {
        accountId: { type: 'string', minLength: 3, 'x-variable': 'SMS_TEST_ACCOUNT_ID' },
        authToken: { type: 'string', writeOnly: true, format: 'password', description: 'Its token' },
        url: { default: 'https://api.example.com' },
        publicUrl: { 'x-variable': 'REPARTEE_PUBLIC_URL' },
      },
    });
    const withPreset = { ...connector, settings: z.object({ key: secret().default('hunter2') }) };
    expect(JSON.stringify(settingsForm(withPreset))).not.toContain('hunter2');
  });

  it('settings that the schema takes', () => {
    expect(connector.settings.safeParse(exampleSettings(connector)).success).toBe(true);
  });

  it('the environment as a file, without secrets', () => {
    expect(configExample(connector)).toBe(
      [
        '# Account at the provider',
        'SMS_TEST_ACCOUNT_ID=example',
        '# Its token',
        'SMS_TEST_AUTH_TOKEN=…',
        '# SMS_TEST_URL=https://api.example.com',
        '# SMS_TEST_MODE=live',
        '# REPARTEE_PUBLIC_URL=<string>',
      ].join('\n'),
    );
  });
});

describe('an example', () => {
  const leaf = fc.oneof(
    fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => z.string().min(Math.min(a, b)).max(Math.max(a, b))),
    fc.tuple(fc.integer(), fc.nat(9)).map(([from, more]) =>
      z
        .int()
        .min(from)
        .max(from + more),
    ),
    fc.constantFrom<z.ZodType>(
      z.boolean(),
      z.email(),
      z.url(),
      z.uuid(),
      z.iso.datetime(),
      z.null(),
      z.literal('just this'),
      z.enum(['a', 'b']),
      z.number().gt(3),
    ),
  );
  const { schema } = fc.letrec<{ schema: z.ZodType }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('schema')).map((shape) => z.object(shape)),
      fc.tuple(tie('schema'), fc.nat(3)).map(([item, least]) => z.array(item).min(least)),
      tie('schema').map((one) => one.optional()),
      fc.tuple(tie('schema'), tie('schema')).map((two) => z.union(two)),
    ),
  }));

  it('is taken by the schema it was made of', () => {
    fc.assert(fc.property(schema, (one) => one.safeParse(exampleOf(one)).success));
  });

  it('is of the first type where several are said at once', () => {
    expect(exampleOf(z.object({ flag: z.union([z.boolean(), z.null()]) }))).toEqual({ flag: true });
    expect(exampleOf(z.union([z.null(), z.boolean()]))).toBeNull();
    expect(exampleOf(z.object({ nothing: z.literal(null) }))).toEqual({ nothing: null });
  });

  it('is asked for where a schema says more than can be read', () => {
    const even = z.object({ n: z.int().refine((n) => n === 42, 'must be the answer') });
    expect(() => exampleOf(even)).toThrow('give the schema an example: n must be the answer');
    expect(exampleOf(even.extend({ n: even.shape.n.meta({ examples: [42] }) }))).toEqual({ n: 42 });
  });
});
