import { z } from 'zod';

const TARGET =
  /^(?:userId|anonymousId|event|timestamp|identifiers\.[a-z][a-z0-9_]{0,63}|(?:traits|properties|context)(?:\.[^.\p{Cc}]{1,100}){1,6})$/u;

/** What a cell is read as. Unless one is named, text stays text and JSON stays what it is. */
export const CONVERSIONS = [
  'text',
  'number',
  'money',
  'boolean',
  'date',
  'email',
  'phone',
  'country',
  'list',
] as const;
export type Conversion = (typeof CONVERSIONS)[number];

const source = z.string().min(1).max(500);
const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals (ISO 3166-1)');

export const fieldSchema = z
  .strictObject({
    from: source
      .optional()
      .describe('A column by its name, or in NDJSON a path: `$.customer.email`, `$.lines[].sku`'),
    value: z
      .union([z.string().max(2000), z.number(), z.boolean()])
      .optional()
      .describe('A constant'),
    to: z
      .string()
      .max(500)
      .regex(
        TARGET,
        'must be userId, anonymousId, event, timestamp, identifiers.<namespace>, traits.<name>, properties.<name> or context.<name>',
      ),
    as: z.enum(CONVERSIONS).optional(),
    format: z
      .string()
      .min(2)
      .max(60)
      .optional()
      .describe('Of a date: iso, unix, unixms, or letters as in dd.MM.yyyy HH:mm'),
    decimal: z.enum(['.', ',']).optional().describe('The mark before decimals; a point unless given'),
    country: country.optional().describe('For telephone numbers without a country code'),
    separator: z.string().min(1).max(5).optional().describe('Between the items of a list'),
    case: z.enum(['lower', 'upper']).optional(),
    trim: z.boolean().default(true),
    required: z.boolean().default(false),
    invalid: z
      .enum(['refuse', 'omit'])
      .default('refuse')
      .describe('What becomes of a row whose value cannot be read: refused, or taken without this value'),
  })
  .refine((field) => (field.from === undefined) !== (field.value === undefined), {
    message: 'must have either from or value',
  });
export type FieldMapping = z.output<typeof fieldSchema>;

const isTimeZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

/** Encodings a file may declare; `auto` looks at its beginning. */
export const ENCODINGS = [
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'latin1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1252',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How the rows of a file become events. */
export const mappingSchema = z
  .strictObject({
    type: z.enum(['identify', 'track']).default('identify'),
    fields: z.array(fieldSchema).min(1).max(500),
    key: z
      .union([z.enum(['content', 'line']), z.array(source).min(1).max(20)])
      .default('content')
      .describe(
        'What makes a row the same row when it comes again: what it says, its line too, or these columns',
      ),
    empty: z
      .array(z.string().max(50))
      .max(50)
      .default(['', 'NULL', '\\N'])
      .describe('Values that mean: nothing is known'),
    country: country.optional(),
    timeZone: z.string().max(60).default('UTC').refine(isTimeZone, 'must be a time zone as Europe/Berlin'),
    format: z.enum(['csv', 'ndjson']).optional().describe('Told by the content type unless given'),
    encoding: z.enum(ENCODINGS).default('auto'),
    delimiter: z.union([z.literal('auto'), z.string().length(1)]).default('auto'),
    quote: z.enum(['"', "'", 'none']).default('"'),
    header: z.boolean().default(true).describe('Without one, columns are called column_1, column_2, …'),
  })
  .superRefine(({ type, fields }, context) => {
    const targets = fields.map((field) => field.to);
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (type === 'track' && !targets.includes('event'))
      issue(['fields'], 'a track mapping needs a field to event');
    if (type === 'identify' && targets.includes('event'))
      issue(['type'], 'only a track mapping has an event');
    for (const [index, target] of targets.entries()) {
      if (targets.indexOf(target) !== index) issue(['fields', index, 'to'], 'is mapped twice');
      if (target.split('.').some((step) => FORBIDDEN.has(step)))
        issue(['fields', index, 'to'], 'holds a name that is not allowed');
    }
  });
export type Mapping = z.output<typeof mappingSchema>;

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
