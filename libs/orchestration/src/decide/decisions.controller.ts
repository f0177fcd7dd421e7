import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import {
  type DecisionResponse,
  decisionRequestSchema,
  decisionResponseSchema,
  readDecisionRequest,
} from '@repartee/contracts';
import { ApiDoc, HotRoute, orThrow, resultOf } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
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
  async decide(@Req() request: FastifyRequest): Promise<DecisionResponse> {
    const asked = orThrow(resultOf(readDecisionRequest(request.body)));
    return orThrow(await this.decisions.decide(knownCallerOf(request), asked));
  }
}
