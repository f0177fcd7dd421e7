import { durationSchema, parseDuration } from '@repartee/contracts';
import { z } from 'zod';

const HOUR = 3_600_000;

const halfLife = durationSchema.refine(
  (text) => (parseDuration(text) ?? 0) >= HOUR,
  'a half-life is an hour at least',
);

/** After which time half of what happened is forgotten. */
export const recommendationSettingsSchema = z.strictObject({
  halfLives: z
    .strictObject({
      view: halfLife.default('14d').describe('Of what was viewed together'),
      purchase: halfLife.default('90d').describe('Of what was bought together'),
      popularity: halfLife.default('7d').describe('Of what makes an item popular'),
      affinity: halfLife.default('30d').describe('Of what a person liked'),
    })
    .prefault({}),
});
export type RecommendationSettings = z.output<typeof recommendationSettingsSchema>;

/** What is counted of items. */
export const counters = ['view', 'purchase', 'popularity'] as const;
export type Counter = (typeof counters)[number];

/** Milliseconds. */
export type HalfLives = Readonly<Record<keyof RecommendationSettings['halfLives'], number>>;

export function halfLivesOf({ halfLives }: RecommendationSettings): HalfLives {
  const of = (text: string) => parseDuration(text) ?? HOUR;
  return {
    view: of(halfLives.view),
    purchase: of(halfLives.purchase),
    popularity: of(halfLives.popularity),
    affinity: of(halfLives.affinity),
  };
}

export const DEFAULT_SETTINGS: RecommendationSettings = recommendationSettingsSchema.parse({});
