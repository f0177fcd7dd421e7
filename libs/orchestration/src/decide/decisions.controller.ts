import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { type DecisionRequest, decisionRequestSchema, decisionResponseSchema } from '@repartee/contracts';
import { ApiDoc, orThrow, ValidBody } from '@repartee/platform';
import { Decide } from './decide.js';

@Controller('v1/decisions')
export class DecisionsController {
  constructor(@Inject(Decide) private readonly decisions: Decide) {}

  @Post()
  @HttpCode(200)
  @Allow('session', 'server', { scope: 'decisions:write' })
  @ApiDoc({
    summary: 'The next best actions for a person',
    tags: ['Decisions'],
    responses: { 200: decisionResponseSchema },
  })
  async decide(@Caller() caller: Principal, @ValidBody(decisionRequestSchema) request: DecisionRequest) {
    return orThrow(await this.decisions.decide(caller, request));
  }
}
