import { flawOfSchema, MAX_SCHEMA_BYTES } from './schema-limits.js';

const nested = (depth: number): object =>
  depth === 0 ? {} : { type: 'object', properties: { a: nested(depth - 1) } };

/** Each definition refers twice to the next: 2^n parts when written out. */
const bomb = (levels: number) => ({
  $ref: '#/definitions/d0',
  definitions: Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [
      `d${level}`,
      level === levels - 1
        ? { type: 'string' }
        : { allOf: [{ $ref: `#/definitions/d${level + 1}` }, { $ref: `#/definitions/d${level + 1}` }] },
    ]),
  ),
});

describe('flawOfSchema', () => {
  it.each([
    ['an ordinary schema', { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }],
    ['one that shares a definition', { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: {} } }],
    ['a property that is called like a keyword', { properties: { id: { type: 'string' } } }],
    ['a set of few', { uniqueItems: true, maxItems: 10 }],
    ['a tree of references that stays small', bomb(5)],
  ])('takes %s', (_what, schema) => {
    expect(flawOfSchema(schema)).toBeUndefined();
  });

  it.each([
    ['no object', [], ''],
    ['a deep one', nested(100), expect.stringContaining('/properties/a')],
    [
      'one that contains itself',
      {
        properties: { a: { $ref: '#/definitions/t' } },
        definitions: { t: { items: { $ref: '#/definitions/t' } } },
      },
      expect.any(String),
    ],
    ['a reference to itself as a whole', { items: { $ref: '#' } }, '/items/$ref'],
    ['a remote reference', { $ref: 'https://example.org/s.json' }, '/$ref'],
    ['a reference to nothing', { $ref: '#/definitions/no', definitions: {} }, '/$ref'],
    ['references that multiply', bomb(40), expect.any(String)],
    ['an id', { $id: 'https://example.org/s.json' }, '/$id'],
    ['an asynchronous one', { $async: true }, '/$async'],
    ['a long pattern', { pattern: 'a'.repeat(501) }, '/pattern'],
    ['a set without a bound', { uniqueItems: true }, '/uniqueItems'],
    ['a large one', { enum: ['x'.repeat(MAX_SCHEMA_BYTES)] }, ''],
  ])('refuses %s', (_what, schema, pointer) => {
    expect(flawOfSchema(schema)).toMatchObject({ pointer });
  });
});
