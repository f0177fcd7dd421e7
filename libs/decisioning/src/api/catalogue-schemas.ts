import { z } from 'zod';
import { keySchema, offerSchema, treatmentSchema, zoneSchema } from '../domain/index.js';

/** `GET /v1/offers`, `/v1/treatments`, `/v1/zones`: pages in key order. */
export const cataloguePageQuerySchema = z.object({
  cursor: keySchema.or(z.literal('')).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CataloguePageQuery = z.output<typeof cataloguePageQuerySchema>;

export const catalogueKeySchema = z.object({ key: keySchema });
export type CatalogueKey = z.output<typeof catalogueKeySchema>;

const stamp = { revision: z.int(), updatedAt: z.iso.datetime() };
const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const zoneItemSchema = zoneSchema.extend(stamp);
export const offerItemSchema = offerSchema.extend(stamp);
export const treatmentItemSchema = treatmentSchema.extend(stamp);
export const zonePageSchema = page(zoneItemSchema);
export const offerPageSchema = page(offerItemSchema);
export const treatmentPageSchema = page(treatmentItemSchema);
