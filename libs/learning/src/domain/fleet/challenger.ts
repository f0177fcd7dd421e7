import { z } from 'zod';
import { DEFAULT_SETTINGS, type Features, type LearnerSettings } from '../bandit/index.js';

/** The contenders that are always there: smoothed counts, the control of all, and the models as they are by default. */
export const COUNTS = 'counts';
export const STANDARD = 'standard';
/** Challengers beside the standing two. */
export const MOST_CHALLENGERS = 3;

const featureNames = z.array(z.string().min(1).max(200)).min(1).max(100);

/** Models of other features or other settings, which learn in the shadow until they are better. */
export const challengerSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/)
      .refine((key) => key !== COUNTS && key !== STANDARD, { message: 'this name is taken' }),
    only: featureNames
      .optional()
      .describe('The features it may use, as `trait.plan` or `daypart`; all unless told'),
    without: featureNames.optional().describe('Features it may not use'),
    scales: z
      .array(z.number().min(0.01).max(100))
      .min(1)
      .max(3)
      .optional()
      .describe('Prior variances of a weight, one posterior each'),
    exploration: z.number().min(0).max(3).optional().describe('Deviations that a draw adds'),
    ageing: z
      .number()
      .min(0)
      .max(0.01)
      .optional()
      .describe('Share of its prior variance that each weight regains with each response'),
  })
  .meta({ id: 'Challenger' });
export type Challenger = z.output<typeof challengerSchema>;

export const challengersSchema = z.strictObject({
  challengers: z
    .array(challengerSchema)
    .max(MOST_CHALLENGERS)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, { message: 'two of one name' }),
});

/** What a challenger's models are set to. */
export function settingsOf({ scales, exploration, ageing }: Challenger): LearnerSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...(scales && { scales, handicaps: scales.map(() => 0) }),
    ...(exploration !== undefined && { exploration }),
    ...(ageing !== undefined && { ageing }),
  };
}

/** The features that a challenger may use. */
export function featuresFor({ only, without }: Challenger, features: Features): Features {
  if (!only && !without) return features;
  return Object.fromEntries(
    Object.entries(features).filter(([name]) => (!only || only.includes(name)) && !without?.includes(name)),
  );
}
