import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { decidedOfferSchema, keySchema } from '@repartee/contracts';
import type { Negotiated } from '@repartee/decisioning';
import { agentOf } from '@repartee/engagement';
import { ApiDoc, orThrow, ValidBody } from '@repartee/platform';
import { z } from 'zod';
import { Negotiate } from './negotiate.js';

const terms = z.record(keySchema, z.number());

const requestSchema = z.strictObject({
  negotiationId: z.string().min(1).max(200).describe('Asking twice by one id is done once'),
  token: z.string().min(1).max(4096).describe('Of the offer, as it was decided or negotiated last'),
  terms: terms.describe('Where levers shall stand; those not named stay where they begin'),
  agent: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^;\0]*$/, 'must not hold a semicolon')
    .describe('Whose budget it is'),
  callId: z.uuid().optional().describe('The call one is in: the offer names who is verified there'),
});

const responseSchema = z.object({
  negotiationId: z.string(),
  terms,
  cost: z.number(),
  currency: z.string().nullable(),
  current: z.boolean().describe('False: other terms have been agreed on since'),
  remaining: z.array(z.number()).describe('What each budget of the offer has left'),
  offer: decidedOfferSchema,
});

/** An agent improves an offer. */
@Controller('v1/negotiations')
export class NegotiationsController {
  constructor(@Inject(Negotiate) private readonly negotiations: Negotiate) {}

  @Post()
  @HttpCode(200)
  @Allow('server', { scope: 'negotiations:write' })
  @ApiDoc({
    summary: 'Move the levers of an offer within its budgets; answers with the offer on its new terms',
    tags: ['Decisions'],
    responses: { 200: responseSchema },
  })
  async negotiate(
    @Caller() caller: Principal,
    @ValidBody(requestSchema) { callId, ...body }: z.output<typeof requestSchema>,
  ): Promise<Negotiated> {
    const request = { ...body, agent: orThrow(agentOf(caller, body.agent)) };
    return orThrow(await this.negotiations.negotiate(request, caller, callId));
  }
}
