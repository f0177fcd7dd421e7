import { z } from 'zod';
import { currencySchema, titleSchema } from '../field-schemas.js';

/** A name that rules and templates can write after a dot. */
export const attributeNameSchema = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    'a name is 1 to 64 letters, digits and underscores, and begins with no digit',
  );

export const moneySchema = z.strictObject({
  amount: z.number().min(-1e12).max(1e12),
  currency: currencySchema,
});

const textSchema = z.string().max(2000);
const dateSchema = z.iso.date().or(z.iso.datetime({ offset: true }));

/** A value as it stands in a document, before it is known which type it should have. */
export const attributeValueSchema = z.union([
  textSchema,
  z.number().min(-1e15).max(1e15),
  z.boolean(),
  moneySchema,
]);
export type AttributeValue = z.infer<typeof attributeValueSchema>;

export const attributeTypes = ['string', 'number', 'boolean', 'date', 'enum', 'money'] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** What offers, and whatever else is of a make, say of themselves: a name with a type. */
export const attributeSchema = z
  .strictObject({
    name: attributeNameSchema,
    type: z.enum(attributeTypes),
    description: titleSchema.optional(),
    /** With `enum`: what it may be. */
    values: z.array(z.string().min(1).max(200)).min(1).max(500).optional(),
    /** Nothing is shown without a value; a default is one. */
    required: z.boolean().optional(),
    /** What it is where nothing is said. */
    default: attributeValueSchema.optional(),
  })
  .superRefine((attribute, context) => {
    if ((attribute.type === 'enum') !== (attribute.values !== undefined))
      context.addIssue({
        code: 'custom',
        path: ['values'],
        message: 'an enum has values, and nothing else has',
      });
    if (attribute.default === undefined) return;
    const flaw = flawOfValue(attribute, attribute.default);
    if (flaw !== null) context.addIssue({ code: 'custom', path: ['default'], message: flaw });
  });
export type Attribute = z.infer<typeof attributeSchema>;

export const attributesSchema = z
  .array(attributeSchema)
  .max(100)
  .superRefine((attributes, context) => {
    const seen = new Set<string>();
    attributes.forEach(({ name }, index) => {
      if (seen.has(name))
        context.addIssue({ code: 'custom', path: [index, 'name'], message: `${name} is declared twice` });
      seen.add(name);
    });
  });

/** Values by name. */
export const attributeValuesSchema = z
  .record(attributeNameSchema, attributeValueSchema)
  .refine((values) => Object.keys(values).length <= 200, 'at most 200 attributes');
export type AttributeValues = z.infer<typeof attributeValuesSchema>;

/** What is wrong with a value of an attribute; null when nothing is. */
export function flawOfValue(
  { type, values = [] }: Pick<Attribute, 'type' | 'values'>,
  value: unknown,
): string | null {
  if (type === 'enum') return values.includes(value as string) ? null : `must be one of ${values.join(', ')}`;
  const { schema, message } = TYPES[type];
  return schema.safeParse(value).success ? null : `must be ${message}`;
}

const TYPES: Readonly<Record<Exclude<AttributeType, 'enum'>, { schema: z.ZodType; message: string }>> = {
  string: { schema: textSchema, message: 'a text' },
  number: { schema: z.number(), message: 'a number' },
  boolean: { schema: z.boolean(), message: 'true or false' },
  date: { schema: dateSchema, message: 'a date as 2026-01-31, or with time and offset' },
  money: { schema: moneySchema, message: 'an amount and a currency' },
};
