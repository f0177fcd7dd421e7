import { fromMinor, toMinor } from '@repartee/profile/domain';
import { z } from 'zod';

/** Between the steps of a category path, as in Google's product taxonomy: `Coffee > Filter`. */
export const STEP = ' > ';

/** What events call `product_id` or `sku`: the shop's own name of the item. */
export const itemIdSchema = z
  .string()
  .regex(/^[^\s\p{Cc}\p{Surrogate}](?:[^\p{Cc}\p{Surrogate}]{0,198}[^\s\p{Cc}\p{Surrogate}])?$/u, {
    error:
      'an id is 1 to 200 characters without control characters, and neither begins nor ends with a space',
  });

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'holds a character that cannot be kept');

/** Whether text leads to a page or picture: http(s), or a path of the site itself. */
const address = z
  .string()
  .max(2000)
  .regex(/^(?:https?:\/\/[^\s\p{Cc}\\/?#]|\/(?!\/))[^\s\p{Cc}\\]*$/u, {
    error: 'an http(s) URL or a path that begins with one slash',
  });

const instant = z.iso.datetime({
  offset: true,
  error: 'an ISO 8601 date and time with offset, as 2026-01-31T09:00:00Z',
});

/** A path from the general to the special. */
export const categorySchema = text(500)
  .transform((path) =>
    path
      .split('>')
      .map((step) => step.trim())
      .join(STEP),
  )
  .refine((path) => path.split(STEP).every((step) => step !== ''), 'no step of a category may be empty');

const attribute = z.union([text(2000), z.number(), z.boolean(), z.array(text(500)).max(50)]);

const members = {
  id: itemIdSchema,
  name: text(500),
  category: categorySchema
    .optional()
    .describe('From the general to the special, with > between: `Coffee > Filter`'),
  price: z.number().min(0).max(1e9).optional().describe('In whole units of `currency`, as 18.50'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is three capital letters (ISO 4217)')
    .optional(),
  stock: z
    .int()
    .min(0)
    .max(1e9)
    .nullable()
    .optional()
    .describe(
      'As it was last told: events never change it. Null or absent: not counted, there is always some',
    ),
  availableFrom: instant.optional(),
  availableUntil: instant.optional().describe('The first moment it is no longer to be had'),
  url: address.optional(),
  image: address.optional(),
  attributes: z
    .record(text(100), attribute)
    .refine((all) => Object.keys(all).length <= 100, 'an item has 100 attributes at most')
    .optional(),
};

/** Something that can be sold, borrowed, read or watched, as it is told. Stock is a number of pieces. */
export const itemSchema = z.strictObject(members).superRefine((item, context) => {
  const issue = (member: keyof typeof members, message: string) =>
    context.addIssue({ code: 'custom', path: [member], message });
  const { price, currency, availableFrom, availableUntil } = item;
  if (price !== undefined && currency === undefined) issue('price', 'needs a currency');
  if (price !== undefined && currency !== undefined && !isExact(price, currency))
    issue('price', `has more decimals than ${currency} has`);
  if (
    availableFrom !== undefined &&
    availableUntil !== undefined &&
    Date.parse(availableFrom) >= Date.parse(availableUntil)
  )
    issue('availableUntil', 'must be later than availableFrom');
});
export type Item = z.output<typeof itemSchema>;

function isExact(price: number, currency: string): boolean {
  return Math.abs(fromMinor(toMinor(price, currency), currency) - price) < 1e-9 * Math.max(1, price);
}

/** An item as it is read. */
export const storedItemSchema = z.strictObject({
  ...members,
  revision: z.int(),
  updatedAt: z.iso.datetime(),
});
export type StoredItem = z.output<typeof storedItemSchema>;

/**
 * What an item becomes by a merge patch (RFC 7396): what the patch names replaces, null removes. Of `stock`, which may
 * be null itself, removing and setting to null mean the same.
 */
export function patchItem(item: Item, patch: Record<string, unknown>): Record<string, unknown> {
  return merged(item, patch);
}

function merged(target: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const result = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else if (isObject(value)) result[name] = merged(isObject(result[name]) ? result[name] : {}, value);
    else result[name] = value;
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
