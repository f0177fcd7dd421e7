import { segmentSchema } from '@repartee/profile/domain';
import { z } from 'zod';

export const segmentKeySchema = segmentSchema.pick({ key: true });
export const keylessSegmentSchema = segmentSchema.omit({ key: true });

/** A segment as it is read. */
export const segmentViewSchema = segmentSchema.extend({
  version: z.int().describe('Rises with every change of it'),
  members: z.int().describe('People in it, as of when it was asked last'),
  complete: z.boolean().describe('Whether everybody has been asked since it was written'),
  progress: z
    .object({ done: z.int(), total: z.int() })
    .nullable()
    .describe('While everybody is asked: how many profiles were, of how many'),
});
export type SegmentView = z.output<typeof segmentViewSchema>;

export const segmentPageSchema = z.object({
  items: z.array(segmentViewSchema),
  nextCursor: z.string().nullable(),
});

export const segmentPageQuerySchema = z.object({
  cursor: segmentSchema.shape.key.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const memberPageQuerySchema = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

export const memberPageSchema = z.object({
  items: z.array(z.object({ profileId: z.uuid(), enteredAt: z.iso.datetime() })),
  nextCursor: z.string().nullable(),
});
