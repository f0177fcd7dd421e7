import { keySchema } from '@repartee/contracts';
import { z } from 'zod';
import {
  groupSchema,
  issueSchema,
  offerSchema,
  policySchema,
  treatmentSchema,
  zoneSchema,
  type CatalogueKind,
} from '../domain/index.js';

/** `GET /v1/offers` and so on: pages in key order. */
export const cataloguePageQuerySchema = z.object({
  cursor: keySchema.or(z.literal('')).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CataloguePageQuery = z.output<typeof cataloguePageQuerySchema>;

export const catalogueKeySchema = z.object({ key: keySchema });
export type CatalogueKey = z.output<typeof catalogueKeySchema>;

/** Versions, the latest first. */
export const historyQuerySchema = z.object({
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type HistoryQuery = z.output<typeof historyQuerySchema>;

export const historyPageSchema = z.object({
  items: z.array(
    z.object({
      revision: z.int(),
      at: z.iso.datetime().nullable(),
      by: z.string().nullable().describe('The id of the key that wrote it'),
      step: z.string().describe('What was done: written, drafted, requested, scheduled, published and so on'),
      document: z.record(z.string(), z.unknown()).nullable().describe('Null: it was removed'),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const stamp = { revision: z.int(), updatedAt: z.iso.datetime() };

/** Entries as they are read. */
export const itemSchemas = {
  zone: zoneSchema.extend(stamp),
  issue: issueSchema.extend(stamp),
  group: groupSchema.extend(stamp),
  offer: offerSchema.extend(stamp),
  treatment: treatmentSchema.extend(stamp),
  policy: policySchema.and(z.object(stamp)),
} satisfies Record<CatalogueKind, z.ZodType>;

export const pageOf = (item: z.ZodType) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
