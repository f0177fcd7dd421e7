import { z } from 'zod';

/** A text setting that is never shown or logged: a password, a token, a key. */
export function secret(): z.ZodString {
  return z.string().min(1).meta({ secret: true });
}

/** One setting as forms, docs and the environment check see it. */
export interface SettingDescription {
  name: string;
  /** The environment variable it is read from. */
  variable: string;
  description?: string;
  type: 'string' | 'number' | 'boolean';
  /** The values it may take, where they are few. */
  options?: string[];
  required: boolean;
  secret: boolean;
  default?: unknown;
}

/** `email-smtp` and `dkimPrivateKey` give `EMAIL_SMTP_DKIM_PRIVATE_KEY`. */
export function settingVariable(connector: string, setting: string): string {
  return `${connector}-${setting}`
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

/**
 * Lists the settings of a connector. A setting is read from a variable of its own unless its schema names another
 * with `.meta({ variable: 'REPARTEE_PUBLIC_URL' })`.
 */
export function describeSettings(connector: { name: string; settings: z.ZodObject }): SettingDescription[] {
  return Object.entries(connector.settings.shape).map(([name, schema]) => {
    const meta = metaOf(schema);
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const required = !z.safeParse(schema, undefined).success;
    return {
      name,
      variable: typeof meta.variable === 'string' ? meta.variable : settingVariable(connector.name, name),
      description: typeof meta.description === 'string' ? meta.description : undefined,
      type:
        json.type === 'integer' || json.type === 'number'
          ? 'number'
          : json.type === 'boolean'
            ? 'boolean'
            : 'string',
      options: json.enum?.map(String),
      required,
      secret: meta.secret === true,
      default: json.default,
    };
  });
}

/** Metadata of a schema, also where it stands below `.optional()` or `.default()`. */
function metaOf(schema: z.core.$ZodType): Record<string, unknown> {
  const own = z.globalRegistry.get(schema) ?? {};
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPipe
      ? metaOf(schema instanceof z.ZodPipe ? schema.in : schema.unwrap())
      : {};
  return { ...inner, ...own };
}
