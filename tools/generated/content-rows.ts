import { code } from './markdown.js';

/** What of JSON Schema content of a channel uses. */
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** The fields of a content schema, nested ones by their path: field, type, required or optional, limits. */
export function contentRows(schema: Schema, path = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const required = schema.required?.includes(name) === true ? 'required' : 'optional';
    const row = [code(own), typeOf(field), required, limitsOf(field)];
    return [row, ...contentRows(field, own), ...contentRows(field.items ?? {}, `${own}[]`)];
  });
}

function typeOf({ type, enum: options, items }: Schema): string {
  if (options) return options.map((option) => code(String(option))).join(', ');
  return type === 'array' ? `list of ${items?.type ?? 'values'}` : (type ?? 'any');
}

function limitsOf({ minLength, maxLength, minimum, maximum, maxItems }: Schema): string {
  const range = (least: number | undefined, most: number | undefined, unit: string) => {
    if (most === undefined) return least === undefined ? '' : `at least ${least}${unit}`;
    return least === undefined ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
  };
  return [
    range(minLength, maxLength, ' characters'),
    range(minimum, maximum, ''),
    range(undefined, maxItems, ' items'),
  ]
    .filter(Boolean)
    .join('; ');
}
