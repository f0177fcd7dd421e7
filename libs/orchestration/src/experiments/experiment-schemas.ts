import { keySchema } from '@repartee/contracts';
import {
  experimentFields,
  experimentStates,
  guardrailSchema,
  metricRoles,
  metricSchema,
  verdictKinds,
} from '@repartee/experiments/domain';
import { z } from 'zod';

export const keyParamSchema = z.object({ key: keySchema });
export const listQuerySchema = z.object({
  cursor: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const endingSchema = z.strictObject({
  release: keySchema
    .optional()
    .describe('The variation that everybody targeted gets from now on; nobody gets any unless given'),
  reason: z.string().trim().min(1).max(1000).optional(),
});
export const resultsQuerySchema = z.object({
  phase: z.coerce.number().int().min(1).max(1_000_000).optional().describe('The latest unless given'),
});

const instant = z.iso.datetime().nullable();

export const experimentViewSchema = z
  .object({
    key: keySchema,
    ...experimentFields,
    state: z.enum(experimentStates),
    phase: z.int().describe('From one start to the next stop; 0 before the first'),
    phaseSeed: z.string().describe('What is hashed with the person in this phase'),
    released: z.string().nullable(),
    reason: z.string().nullable(),
    startedAt: instant,
    stoppedAt: instant,
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Experiment' });
export const experimentPageSchema = z.object({
  items: z.array(experimentViewSchema),
  nextCursor: z.string().nullable(),
});

const intervalSchema = z
  .object({ value: z.number(), lower: z.number().nullable(), upper: z.number().nullable() })
  .nullable()
  .describe('Against the control; the bounds hold at all looks together');

export const resultsSchema = z.object({
  experiment: z.string(),
  phase: z.int(),
  startedAt: z.iso.datetime(),
  stoppedAt: instant,
  released: z.string().nullable(),
  reason: z.string().nullable(),
  confidence: z.number(),
  variations: z.array(
    z.object({ key: z.string(), name: z.string().nullable(), weight: z.number(), people: z.int() }),
  ),
  mixed: z.int().describe('People who met several variations; they are left out'),
  sampleRatio: z.object({ pValue: z.number(), broken: z.boolean() }),
  metrics: z.array(
    z.object({
      metric: z.union([guardrailSchema, metricSchema]),
      role: z.enum(metricRoles),
      figures: z.array(
        z.object({
          variation: z.string(),
          people: z.int(),
          mean: z.number(),
          difference: intervalSchema,
          lift: intervalSchema,
          certain: z.enum(['better', 'worse']).nullable(),
          harmed: z.boolean(),
        }),
      ),
    }),
  ),
  verdict: z.object({
    kind: z.enum(verdictKinds),
    variation: z.string().nullable(),
    stop: z.boolean(),
    sentence: z.string(),
  }),
});
