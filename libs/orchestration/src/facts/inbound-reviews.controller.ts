import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { InboundReviews, reviewStates } from '@repartee/dialogue';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { DecideInbound } from './decide-inbound.js';

const idSchema = z.object({ id: z.uuid() });
const listSchema = z.object({
  state: z.enum(reviewStates).default('open'),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const verdictSchema = z.strictObject({
  verdict: z
    .enum(['refused', 'not_refused', 'answered'])
    .describe('`refused`: the person wants no more; the opt-out holds for the very next send'),
  scope: z
    .enum(['sender', 'channel'])
    .default('channel')
    .describe('With `refused`: no more from the sender that was written to, or on the channel'),
});

/** What people wrote to us that a human should look at. */
@Controller('v1/inbound-reviews')
export class InboundReviewsController {
  constructor(
    @Inject(InboundReviews) private readonly reviews: InboundReviews,
    @Inject(DecideInbound) private readonly decisions: DecideInbound,
  ) {}

  @Get()
  @Allow('server', { scope: 'dialogues:read' })
  @ApiDoc({
    summary: 'Messages from people that wait for a human, those that wait longest first',
    tags: ['Dialogues'],
  })
  list(@ValidQuery(listSchema) query: z.infer<typeof listSchema>) {
    return this.reviews.list(query);
  }

  @Post(':id')
  @HttpCode(200)
  @Allow('server', { scope: 'dialogues:write' })
  @ApiDoc({ summary: 'Say what a message was: a refusal, none, or answered', tags: ['Dialogues'] })
  async decide(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidBody(verdictSchema) verdict: z.infer<typeof verdictSchema>,
  ) {
    return orThrow(await this.decisions.decide(id, verdict, caller));
  }
}
