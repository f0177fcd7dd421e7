import { reactionSchema } from '@repartee/detection/domain';
import { z } from 'zod';

export const reactionKeySchema = reactionSchema.pick({ key: true });
export const keylessReactionSchema = reactionSchema.omit({ key: true });

/** A reaction as it is read. */
export const reactionViewSchema = reactionSchema.extend({
  version: z.int().describe('The configuration revision that wrote it'),
  updatedAt: z.iso.datetime(),
});
export type ReactionView = z.output<typeof reactionViewSchema>;

export const reactionPageSchema = z.object({
  items: z.array(reactionViewSchema),
  nextCursor: z.string().nullable(),
});

export const reactionPageQuerySchema = z.object({
  cursor: reactionSchema.shape.key.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
