import { Ajv, type AnySchema } from 'ajv';

/** One request and its answer, as a provider saw them. */
export interface Exchange {
  method: string;
  /** Path with its query. */
  url: string;
  /** Fields of a form, where the request had a body. */
  form?: URLSearchParams;
  status: number;
  /** The answer as it was parsed. */
  answer: unknown;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: AnySchema;
}
interface Body {
  content?: Record<string, { schema: Schema } | undefined>;
}
interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Body | undefined>;
}
interface Document {
  paths: Record<string, Record<string, Operation | undefined>>;
}

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
const FORMATS: Readonly<Record<string, RegExp | true>> = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  'date-time-rfc-2822': RFC_2822,
  'phone-number': /^(\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9 ]{1,11})$/,
  'http-method': /^(GET|POST|PUT|DELETE)$/,
  uri: /^(https?:\/)?\/[^\s]*$/,
  currency: /^[A-Z]{3}$/,
  'uri-map': true,
  int64: true,
};

/**
 * Holds traffic against an OpenAPI 3.0 document: what is sent must be declared and valid, what is answered must be
 * declared, valid and whole.
 */
export class OpenApiJudge {
  private readonly document: Document;
  private readonly ajv = new Ajv({ strict: false, coerceTypes: 'array', allErrors: true });

  constructor(document: Record<string, unknown>) {
    this.document = document as unknown as Document;
    for (const [name, format] of Object.entries(FORMATS)) this.ajv.addFormat(name, format);
    this.ajv.addSchema({ $id: 'document', ...document });
  }

  /** @returns what is wrong, one line each */
  problemsOf(exchange: Exchange): string[] {
    const [path = '', query = ''] = exchange.url.split('?');
    const template = Object.keys(this.document.paths).find((one) => patternOf(one).test(path));
    const operation = template && this.document.paths[template]?.[exchange.method.toLowerCase()];
    if (!template || !operation) return [`${exchange.method} ${path} is not in the document`];
    const { parameters = [] } = operation;
    const schemasIn = (place: Parameter['in']) =>
      Object.fromEntries(
        parameters.filter((one) => one.in === place).map(({ name, schema }) => [name, schema]),
      );
    const form = operation.requestBody?.content?.['application/x-www-form-urlencoded']?.schema;
    return [
      ...this.fields('path', schemasIn('path'), fieldsOfPath(template, path)),
      ...this.fields('query', schemasIn('query'), new URLSearchParams(query)),
      ...this.fields('form', form?.properties ?? {}, exchange.form ?? new URLSearchParams()),
      ...this.answer(operation, exchange),
    ];
  }

  private fields(place: string, schemas: Record<string, AnySchema>, fields: URLSearchParams): string[] {
    return [...new Set(fields.keys())].flatMap((name) => {
      const schema = schemas[name];
      if (schema === undefined) return [`${place} ${name} is not in the document`];
      const values = fields.getAll(name);
      return this.check(schema, values.length > 1 ? values : values[0], `${place} ${name}`);
    });
  }

  private answer({ responses }: Operation, { status, answer }: Exchange): string[] {
    const response = responses[String(status)];
    if (!response) return [`the status ${status} is not in the document`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return answer === undefined || answer === '' ? [] : ['the answer should be empty'];
    return [...this.check(schema, answer, 'answer'), ...this.whole(schema, answer, 'answer')];
  }

  private check(schema: AnySchema, value: unknown, where: string): string[] {
    // Types are coerced in the holder only: what is judged stays as it is.
    const holder = { value: structuredClone(value) };
    const validate = this.ajv.compile({ properties: { value: absolute(schema) } });
    if (validate(holder)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${where}${instancePath.slice(6)} ${message}`,
    );
  }

  /** Every declared field, and no other. */
  private whole(schema: Schema, value: unknown, where: string): string[] {
    const { properties, items } = this.resolve(schema);
    if (Array.isArray(value))
      return items ? value.flatMap((one, at) => this.whole(items, one, `${where}/${at}`)) : [];
    if (!properties || typeof value !== 'object' || value === null) return [];
    const own = value as Record<string, unknown>;
    return [
      ...Object.keys(properties)
        .filter((name) => !(name in own))
        .map((name) => `${where}/${name} is missing`),
      ...Object.keys(own)
        .filter((name) => !(name in properties))
        .map((name) => `${where}/${name} is not in the document`),
      ...Object.entries(properties).flatMap(([name, one]) => this.whole(one, own[name], `${where}/${name}`)),
    ];
  }

  private resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const steps = schema.$ref.slice(2).split('/');
    return steps.reduce<unknown>(
      (at, step) => (at as Record<string, unknown>)[step],
      this.document,
    ) as Schema;
  }
}

/** References point into the document, which is registered under its name. */
function absolute(schema: AnySchema): AnySchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"document#')) as AnySchema;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+?')}$`);
}

function fieldsOfPath(template: string, path: string): URLSearchParams {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const values = new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '([^/]+?)')}$`).exec(
    path,
  );
  return new URLSearchParams(names.map((name, at): [string, string] => [name, values?.[at + 1] ?? '']));
}
