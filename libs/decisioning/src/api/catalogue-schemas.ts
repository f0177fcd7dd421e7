import { z } from 'zod';
import {
  groupSchema,
  issueSchema,
  keySchema,
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
