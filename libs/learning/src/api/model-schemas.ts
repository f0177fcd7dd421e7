import { z } from 'zod';

const share = z.number().min(0).max(1);

/** One model in plain figures. */
export const modelSchema = z.object({
  offer: z.string(),
  channel: z.string(),
  maturity: z.enum(['new', 'learning', 'mature']),
  speaks: z.boolean().describe('Whether a model has beaten the counts and is used'),
  speaker: z.string().describe('Who is used: counts, standard, or a challenger'),
  contenders: z.array(z.object({ key: z.string(), evidence: z.number() })),
  evidence: z.number().describe('Of the strongest contender: at 20 it takes its place'),
  responses: z.int(),
  restarts: z.int().describe('How often it began anew because the world had changed'),
  auc: share.nullable().describe('0.5 tells nothing, 1 tells all; over the last responses this process saw'),
  calibrationError: z.number().describe('Mean distance of predicted from observed rates'),
  positives: z.number().describe('Yes among the last responses this process saw, each by its worth'),
  words: z.string().describe('The same in plain language'),
});

/** `GET /v1/models` */
export const modelPageSchema = z.object({ items: z.array(modelSchema), nextCursor: z.string().nullable() });

const binSchema = z.object({
  label: z.string(),
  responses: z.int(),
  rate: z.number(),
  lift: z.number(),
  z: z.number(),
});

/** `GET /v1/models/{offer}/{channel}` */
export const modelDetailSchema = modelSchema.extend({
  calibration: z.array(z.object({ responses: z.int(), predicted: z.number(), observed: z.number() })),
  predictors: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['number', 'category']),
      responses: z.int().describe('In which it was known'),
      positives: z.number().describe('How many of them were a yes'),
      auc: share,
      bins: z.array(binSchema),
      words: z.string().describe('The same in plain language'),
    }),
  ),
});

export const modelParamsSchema = z.object({
  offer: z.string().min(1).max(200),
  channel: z.string().min(1).max(200),
});
export const modelQuerySchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ModelParams = z.output<typeof modelParamsSchema>;
export type ModelQuery = z.output<typeof modelQuerySchema>;
