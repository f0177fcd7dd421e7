import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ReviewStore } from '@repartee/identity';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { DecideReview } from './decide-review.js';

const idSchema = z.object({ id: z.uuid() });
const pageSchema = z.object({
  state: z.enum(['open', 'decided']).default('open'),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const verdictSchema = z.strictObject({ verdict: z.enum(['same', 'different']) });
const reviewSchema = z.object({
  id: z.uuid(),
  kind: z
    .enum(['match', 'shared', 'weak', 'ambiguous'])
    .describe(
      'Alike records; a link through what turned out to be shared; too weak a link; events of both sides',
    ),
  a: z.string().describe('What one side is known by'),
  b: z.string(),
  weight: z.number().nullable().describe('log2 odds that both are one person'),
  detail: z.unknown(),
  createdAt: z.iso.datetime(),
  verdict: z.enum(['same', 'different']).nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
});

/** What the rules leave to a person. */
@Controller('v1/match-reviews')
export class MatchReviewsController {
  constructor(
    @Inject(ReviewStore) private readonly reviews: ReviewStore,
    @Inject(DecideReview) private readonly decisions: DecideReview,
  ) {}

  @Get()
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'Links that a person should look at, oldest first',
    tags: ['Profiles'],
    responses: { 200: z.object({ items: z.array(reviewSchema), nextCursor: z.string().nullable() }) },
  })
  async list(@ValidQuery(pageSchema) { state, cursor, limit }: z.output<typeof pageSchema>) {
    const found = await this.reviews.list({
      open: state === 'open',
      limit: limit + 1,
      ...(cursor !== undefined && { after: cursor }),
    });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Post(':id')
  @HttpCode(200)
  @Allow('server', { scope: 'merges:write' })
  @ApiDoc({
    summary: 'Say whether both sides are one person',
    description: 'The word of a person wins over every rule and model, and outlives them.',
    tags: ['Profiles'],
    responses: { 200: reviewSchema },
  })
  async decide(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidBody(verdictSchema) { verdict }: z.infer<typeof verdictSchema>,
  ) {
    return orThrow(await this.decisions.decide({ id, verdict, actor: caller.keyId }));
  }
}
