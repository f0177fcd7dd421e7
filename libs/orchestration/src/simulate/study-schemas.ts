import { studyStates } from '@repartee/decisioning';
import { z } from 'zod';
import { withoutSchema } from './simulate-schemas.js';

const count = z.int();

/** How far a simulation or evaluation is, and what it found. */
export const studySchema = <T extends z.ZodType>(result: T) =>
  z.object({
    id: z.uuid(),
    state: z.enum(studyStates),
    processed: count,
    total: count.nullable(),
    request: z.unknown(),
    reason: z.string().nullable().describe('Why it failed'),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    result: result.nullable(),
  });
export const studyPageSchema = z.object({
  items: z.array(studySchema(z.null())),
  nextCursor: z.string().nullable(),
});
export const changesPageSchema = z.object({
  items: z.array(
    z.object({
      profileId: z.uuid().nullable(),
      decisionId: z.uuid().optional().describe('Of the log'),
      zones: z.array(z.object({ zone: z.string(), from: z.array(z.string()), to: z.array(z.string()) })),
      why: z.array(z.object({ offer: z.string(), now: z.boolean(), reason: z.string() })),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const unservedPageSchema = z.object({
  items: z.array(withoutSchema.extend({ profileId: z.uuid().nullable(), decisionId: z.uuid().optional() })),
  nextCursor: z.string().nullable(),
});

export const studyIdSchema = z.object({ id: z.uuid() });
export const studyListSchema = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const changesQuerySchema = z.object({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
