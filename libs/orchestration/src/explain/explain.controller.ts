import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { IdentityExplainer } from '@repartee/identity';
import { ApiDoc, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { z } from 'zod';

const idSchema = z.object({ id: z.uuid() });
const otherSchema = z.object({ other: z.uuid() });
const linkSchema = z.object({
  a: z.string(),
  b: z.string(),
  rule: z.enum(['verdict', 'alias', 'event', 'sign-in', 'claim', 'match']),
  words: z.string(),
  weight: z.number().nullable().describe('log2 odds of a match'),
  at: z.iso.datetime(),
  id: z.string().describe('The event, verdict or match it comes from'),
  reason: z.enum(['verdict', 'limit', 'weak', 'shared', 'size', 'bridge', 'unproved']).nullable(),
});
const explanationSchema = z.object({
  profileId: z.uuid(),
  other: z.uuid(),
  samePerson: z.boolean(),
  summary: z.string(),
  links: z.array(linkSchema).describe('What leads from the one to the other, step by step'),
  notFollowed: z.array(linkSchema).describe('What would lead from the one to the other and was not followed'),
  match: z
    .object({
      a: z.string(),
      b: z.string(),
      words: z.string(),
      weight: z.number().describe('log2 odds: the prior and all levels, added up'),
      probability: z.number(),
      prior: z.number(),
      thresholds: z.object({ merge: z.number(), suggest: z.number() }),
      model: z.string(),
      levels: z.array(
        z.object({
          field: z.string(),
          level: z.string(),
          weight: z.number(),
          a: z.string().optional(),
          b: z.string().optional(),
        }),
      ),
    })
    .nullable()
    .describe(
      'The waterfall of weights of the two records that are most alike; null where one side has none',
    ),
});

/** Says why two profiles are, or are not, one person. */
@Controller('v1/profiles')
export class ExplainController {
  constructor(
    @Inject(IdentityExplainer) private readonly explainer: IdentityExplainer,
    @Inject(Profiles) private readonly profiles: Profiles,
  ) {}

  @Get(':id/explain')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'Why these are, or are not, one person',
    tags: ['Profiles'],
    responses: { 200: explanationSchema },
  })
  async explain(
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidQuery(otherSchema) { other }: z.infer<typeof otherSchema>,
  ) {
    for (const one of [id, other])
      if (!(await this.profiles.findById(one)))
        return orThrow(fail(failure('PROFILE.NOT_FOUND', `Nobody is known by the id ${one}.`)));
    return { profileId: id, other, ...(await this.explainer.explain(id, other)) };
  }
}
