import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import {
  type DecisionResponse,
  decisionRequestSchema,
  decisionResponseSchema,
  readDecisionRequest,
  writeDecisionResponse,
} from '@repartee/contracts';
import { ApiDoc, HotRoute, orThrow, resultOf } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Decide } from './decide.js';

@Controller('v1/decisions')
export class DecisionsController {
  constructor(@Inject(Decide) private readonly decisions: Decide) {}

  @Post()
  @HttpCode(200)
  @HotRoute()
  @Allow('session', 'server', { scope: 'decisions:write' })
  @ApiDoc({
    summary: 'The next best actions for a person',
    tags: ['Decisions'],
    body: decisionRequestSchema,
    responses: { 200: decisionResponseSchema },
  })
  async decide(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionResponse> {
    const asked = orThrow(resultOf(readDecisionRequest(request.body)));
    const decided = orThrow(await this.decisions.decide(knownCallerOf(request), asked));
    reply.type('application/json; charset=utf-8').serializer(writeDecisionResponse);
    return decided;
  }
}
