import { z } from 'zod';
import { categorySchema, itemIdSchema, itemSchema, MOST_ITEMS, storedItemSchema } from '../domain/index.js';

export const itemKeySchema = z.object({ id: itemIdSchema });
export type ItemKey = z.output<typeof itemKeySchema>;

export const itemPageQuerySchema = z.object({
  cursor: itemIdSchema.or(z.literal('')).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  category: categorySchema.optional().describe('Items in this category and below it'),
});
export type ItemPageQuery = z.output<typeof itemPageQuerySchema>;

export const itemPageSchema = z.object({
  items: z.array(storedItemSchema),
  nextCursor: z.string().nullable(),
});

export const upsertQuerySchema = z.object({
  partial: z
    .stringbool()
    .default(false)
    .describe('Whether the right items of a list are taken when others are wrong'),
});
export type UpsertQuery = z.output<typeof upsertQuerySchema>;

/** What the route takes: one item, or a list. As NDJSON, one item a line. */
export const toldSchema = z.union([itemSchema, z.array(itemSchema).max(MOST_ITEMS)]);

const rejectedSchema = z.object({
  index: z.int().describe('Its place in the list, from 0'),
  line: z.int().optional().describe('Its line, from 1; of NDJSON'),
  id: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string(), line: z.int().optional() })),
});

/** What came of a list. */
export const upsertedSchema = z.object({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int().describe('Told as they were known already'),
  rejected: z.array(rejectedSchema),
});
export type UpsertedItems = z.output<typeof upsertedSchema>;
