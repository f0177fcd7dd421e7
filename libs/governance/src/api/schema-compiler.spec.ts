import { SchemaCompiler } from './schema-compiler.js';

describe('SchemaCompiler', () => {
  const compiler = new SchemaCompiler();
  const check = (schema: Record<string, unknown>, value: unknown) => {
    const compiled = compiler.compile(schema);
    return compiled.ok ? compiled.value(value) : compiled.failure;
  };

  it('says where a value breaks the schema', () => {
    const schema = {
      type: 'object',
      required: ['order_id'],
      additionalProperties: false,
      properties: { order_id: { type: 'string' }, total: { type: 'number', minimum: 0 } },
    };
    expect(check(schema, { order_id: '1', total: 3 })).toEqual([]);
    expect(check(schema, { total: 3 })).toMatchObject([{ pointer: '/order_id' }]);
    expect(check(schema, { order_id: '1', total: -1 })).toMatchObject([{ pointer: '/total' }]);
    expect(check(schema, { order_id: '1', 'a/b': 1 })).toMatchObject([{ pointer: '/a~1b' }]);
  });

  it('knows formats and both drafts', () => {
    expect(check({ format: 'email' }, 'ann@example.org')).toEqual([]);
    expect(check({ format: 'email' }, 'ann')).toHaveLength(1);
    const latest = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      prefixItems: [{ type: 'number' }],
    };
    expect(check(latest, ['x'])).toHaveLength(1);
  });

  it('tells patterns apart', () => {
    const schema = { properties: { a: { pattern: '^a+$' }, b: { pattern: '^b+$' } } };
    expect(check(schema, { a: 'aa', b: 'bb' })).toEqual([]);
    expect(check(schema, { a: 'aa', b: 'aa' })).toMatchObject([{ pointer: '/b' }]);
  });

  it('runs a pattern that would keep a backtracking engine busy for ever', () => {
    expect(check({ pattern: '^(a+)+$' }, `${'a'.repeat(30_000)}!`)).toHaveLength(1);
  });

  it.each([
    ['a word it does not know', { requird: ['a'] }],
    ['a keyword of the wrong type', { type: 'text' }],
    ['a format it does not know', { format: 'shoe-size' }],
    ['a broken pattern', { pattern: '(' }],
    ['a look-behind', { pattern: '(?<=a)b' }],
  ])('refuses %s', (_what, schema) => {
    expect(compiler.compile(schema)).toMatchObject({ ok: false, failure: { detail: expect.any(String) } });
  });
});
