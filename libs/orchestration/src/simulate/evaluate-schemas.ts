import { z } from 'zod';
import { draftsSchema, logSchema } from './simulate-schemas.js';
import { studySchema } from './study-schemas.js';

const LEAST_DRAWS = 200;

/** `POST /v1/decisions/evaluate` */
export const evaluateSchema = z
  .strictObject({
    log: logSchema,
    zone: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Of whose first place it is; the first zone of each decision unless given'),
    drafts: draftsSchema.optional(),
    policy: z
      .record(z.string().min(1).max(200), z.number().gt(0).max(1e6))
      .refine((shares) => Object.keys(shares).length > 0, 'names no offer')
      .optional()
      .describe(
        'A fixed policy: how often each offer, as parts of their sum, among those fit for the person',
      ),
    reward: z
      .enum(['credit', 'value'])
      .default('credit')
      .describe('How much of a yes came of what stood first; or that times its value'),
    draws: z.int().min(LEAST_DRAWS).max(2000).default(LEAST_DRAWS),
  })
  .refine(({ drafts, policy }) => drafts === undefined || policy === undefined, {
    path: ['policy'],
    message: 'stands beside drafts; name one of them',
  });
export type EvaluateRequest = z.output<typeof evaluateSchema>;

const count = z.int();
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** What another policy would have earned. */
export const evaluationSchema = studySchema(
  z.object({
    population: count.describe('Decisions that those looked at were drawn from'),
    skipped: z.record(z.string(), count).describe('Decisions that nothing can be said of, by reason'),
    rounds: count,
    effectiveSampleSize: z.number(),
    meanWeight: estimate,
    logged: estimate.describe('What was earned in truth'),
    refused: z.string().nullable().describe('Why nothing is estimated; null where it is'),
    estimates: z
      .object({ ips: estimate, snipw: estimate, dm: estimate.nullable(), dr: estimate.nullable() })
      .nullable(),
    gain: estimate.nullable().describe('DR less what was earned'),
  }),
);
