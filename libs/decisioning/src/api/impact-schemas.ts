import { z } from 'zod';
import { impactArms, impactMetrics } from '../domain/index.js';

const intervalSchema = z.object({
  value: z.number(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});

export const impactQuerySchema = z.object({
  since: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as 2026-01')
    .transform((month) => Date.parse(`${month}-01T00:00:00Z`))
    .optional()
    .describe('The first month; the present one unless told'),
});
export type ImpactQuery = z.output<typeof impactQuerySchema>;

/** `GET /v1/reports/impact` */
export const impactReportSchema = z.object({
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  confidence: z.number().describe('Of all bounds together, at all looks together'),
  begun: z.boolean().describe('Whether people are drawn: learning has taken in enough updates'),
  summary: z.string(),
  models: z.object({
    known: z.int(),
    speaking: z
      .int()
      .describe(
        'Those that have beaten the counts; for the others the counts with the marketer’s priors speak',
      ),
  }),
  mixed: z.int().describe('People who met several arms, as before and after a merge; they are left out'),
  sampleRatio: z.object({ pValue: z.number(), broken: z.boolean() }),
  arms: z.array(
    z.object({
      arm: z.enum(impactArms),
      share: z.number().describe('Of all people'),
      people: z.int().describe('People by month: somebody met in two months counts twice'),
      figures: z
        .array(
          z.object({
            metric: z.enum(impactMetrics),
            mean: z.number().describe('Of the arm, per person'),
            reference: z.number(),
            lift: intervalSchema
              .nullable()
              .describe('What the reference has over the arm, as a share of the arm’s mean'),
            difference: intervalSchema.nullable(),
            verdict: z.enum(['pays', 'harms', 'unclear', 'too-early']),
            sentence: z.string(),
          }),
        )
        .describe('What the part is worth that this arm leaves out; empty for the reference'),
    }),
  ),
});
export type ImpactReport = z.output<typeof impactReportSchema>;
