/** Values that no route should stumble over, whatever it expects. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  '',
  ' ',
  'x'.repeat(5000),
  '../../etc/passwd',
  "'; DROP TABLE profile; --",
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u{1f600}',
  '00000000-0000-0000-0000-000000000000',
  '99999999999999999999999999',
  '+040000-01-01T00:00:00Z',
  '{{ 7 | times: 7 }}',
  '__proto__',
  'constructor',
  'toString',
  [],
  {},
  [[[]]],
  { __proto__: null, constructor: { prototype: {} } },
  { length: 1e9 },
  nested(3000),
];

/** Lists within lists: whoever walks through them step by step has an end. */
function nested(levels: number): unknown[] {
  let value: unknown[] = [];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
}

/** The part of JSON Schema that our own document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
  minLength?: number;
}

/** Something the schema accepts, more or less: the ground for what it does not. */
export function sampleOf(schema: Schema, resolve: (ref: string) => Schema, depth = 0): unknown {
  if (schema.$ref !== undefined) return sampleOf(resolve(schema.$ref), resolve, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return sampleOf(first, resolve, depth + 1);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties) {
    const entries = depth > 8 ? [] : Object.entries(schema.properties ?? {});
    return Object.fromEntries(entries.map(([name, member]) => [name, sampleOf(member, resolve, depth + 1)]));
  }
  if (type === 'array') return schema.items ? [sampleOf(schema.items, resolve, depth + 1)] : [];
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (type === 'boolean') return true;
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z';
  if (schema.format === 'uuid') return '00000000-0000-7000-8000-000000000000';
  return 'x'.repeat(Math.max(schema.minLength ?? 1, 1));
}

/** One hostile value, or nothing, in each place of a document in turn; `few` of all values a place. */
export function* spoilt(value: unknown, few: number, turn = { at: 0 }): Generator<unknown> {
  for (let count = 0; count < few; count += 1) yield HOSTILE[(turn.at += 1) % HOSTILE.length];
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    for (const worse of spoilt(member, few, turn)) yield withMember(value, key, worse);
    yield withMember(value, key, undefined);
  }
}

function withMember(value: object, key: string, member: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? member : item));
  return { ...value, [key]: member };
}
