import { z } from 'zod';
import { describeSettings } from './settings.js';

/** What of JSON Schema the schemas of settings and content use. */
interface Schema {
  /** Several where a union needs no more than that. */
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minItems?: number;
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'ann@example.org',
  uri: 'https://example.org',
  uuid: '0190aaaa-0000-7000-8000-000000000000',
  'date-time': '2030-01-02T03:04:05Z',
  date: '2030-01-02',
  time: '03:04:05',
};

/**
 * A value that a schema takes: what it has to hold and no more. Where types, formats and limits do not tell enough, the
 * schema names one with `.meta({ examples: [...] })`.
 * @throws Error when the value that was made is not taken
 */
export function exampleOf(schema: z.ZodType): unknown {
  const example = exampleFrom(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
  const taken = schema.safeParse(example);
  if (taken.success) return example;
  const [issue] = taken.error.issues;
  throw new Error(`give the schema an example: ${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`);
}

/** Settings that pass the check of the environment: the required ones, with examples for values. */
export function exampleSettings(connector: { name: string; settings: z.ZodObject }): Record<string, unknown> {
  return exampleOf(connector.settings) as Record<string, unknown>;
}

/** The environment of a connector as a file of `NAME=value` lines, optional ones commented out. */
export function configExample(connector: { name: string; settings: z.ZodObject }): string {
  const values = exampleSettings(connector);
  return describeSettings(connector)
    .map(({ name, variable, required, secret, description, default: preset, type, options }) => {
      const value = secret ? '…' : (values[name] ?? preset ?? options?.[0] ?? `<${type}>`);
      return [
        ...(description === undefined ? [] : [`# ${description}`]),
        `${required ? '' : '# '}${variable}=${String(value)}`,
      ].join('\n');
    })
    .join('\n');
}

function exampleFrom(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  const named = schema.examples?.[0] ?? schema.example ?? schema.default ?? schema.enum?.[0];
  if (named !== undefined) return named;
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return exampleFrom(choice);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(exampleFrom)) as unknown;
  const [type] = [schema.type].flat();
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, exampleFrom(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => exampleFrom(schema.items ?? {}));
    case 'integer':
    case 'number':
      return (
        schema.minimum ??
        (schema.exclusiveMinimum === undefined
          ? Math.min(1, schema.maximum ?? 1)
          : schema.exclusiveMinimum + 1)
      );
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textFor(schema);
  }
}

function textFor({ format, minLength = 0, maxLength = Infinity }: Schema): string {
  const text = FORMATS[format ?? ''] ?? 'example';
  return text.padEnd(minLength, 'x').slice(0, maxLength);
}
