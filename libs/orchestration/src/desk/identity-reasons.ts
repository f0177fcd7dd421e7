import { Inject, Injectable } from '@nestjs/common';
import { IdentityExplainer } from '@repartee/identity';
import { Profiles, Timeline } from '@repartee/profile';
import { z } from 'zod';

const reasonSchema = z.object({
  a: z.string().describe('What one end is known by'),
  b: z.string(),
  rule: z.enum(['verdict', 'alias', 'event', 'sign-in', 'claim', 'match']),
  words: z.string(),
  source: z.string().nullable().describe('Who said so; null of what was compared, or that no entry tells of'),
  at: z.string(),
  score: z
    .number()
    .nullable()
    .describe('log2 odds of records that are alike; null of what is no matter of degree'),
  followed: z.boolean(),
});
export const reasonsSchema = z.object({
  items: z
    .array(reasonSchema)
    .describe('What holds the person together, then what was said and not followed'),
  nextCursor: z.null(),
});

/** The most reasons of each kind: a person may have a hundred devices. */
const MOST = 50;

/** Says at a desk why the identifiers of a person are one person's. */
@Injectable()
export class IdentityReasons {
  constructor(
    @Inject(IdentityExplainer) private readonly explainer: IdentityExplainer,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Timeline) private readonly timeline: Timeline,
  ) {}

  async of(profileId: string): Promise<z.output<typeof reasonsSchema>> {
    const { links, notFollowed } = await this.explainer.person(profileId);
    const shown = [...links.slice(0, MOST), ...notFollowed.slice(0, MOST)];
    const family = (await this.profiles.findById(profileId))?.record.family ?? [];
    const sources = await this.timeline.sourcesOf(
      family,
      shown.map(({ id }) => id),
    );
    return {
      items: shown.map(({ a, b, rule, words, at, id, weight, reason }) => ({
        a,
        b,
        rule,
        words,
        source: sources.get(id) ?? null,
        at,
        score: weight,
        followed: reason === null,
      })),
      nextCursor: null,
    };
  }
}
