import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, orThrow, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { ReplayDecision, type ReplayOutcome } from './replay-decision.js';

const idSchema = z.object({ id: z.uuid() });
const replaySchema = z.union([
  z.object({
    decisionId: z.uuid(),
    outcome: z.enum(['same', 'differs']),
    differences: z.array(
      z.object({
        offer: z.string().nullable().describe('Null: the list of candidates itself'),
        field: z.string(),
        recorded: z.unknown(),
        replayed: z.unknown(),
      }),
    ),
    propensities: z.object({
      recomputed: z.int().describe('Offers whose propensity was worked out once more'),
      asRecorded: z
        .int()
        .describe(
          'Offers whose propensity was taken as recorded: the log of what was learned then has been let go',
        ),
    }),
    items: z.object({
      asRecorded: z
        .int()
        .describe('Offers whose items came from stock and counts, which are not kept as they were'),
    }),
  }),
  z.object({ decisionId: z.uuid(), outcome: z.literal('unknown'), reason: z.string() }),
]);

@Controller('v1/decisions')
export class ReplayController {
  constructor(@Inject(ReplayDecision) private readonly decisions: ReplayDecision) {}

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('server')
  @ApiDoc({
    summary: 'Decides again from the receipt, and says whether it comes out the same',
    tags: ['Decisions'],
    responses: { 200: replaySchema },
  })
  async replay(@ValidParams(idSchema) { id }: z.infer<typeof idSchema>): Promise<ReplayOutcome> {
    return orThrow(await this.decisions.replay(id.toLowerCase()));
  }
}
