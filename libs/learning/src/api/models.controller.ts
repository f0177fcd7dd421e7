import { Controller, Get, Inject, Put } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { failure } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { ApiDoc, Database, ProblemError, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { objectiveSchema, type Objective } from '../domain/index.js';
import { UpdateLog } from '../persistence/index.js';
import { ModelHealth } from './model-health.js';
import {
  modelDetailSchema,
  modelPageSchema,
  modelParamsSchema,
  modelQuerySchema,
  type ModelParams,
  type ModelQuery,
} from './model-schemas.js';

/** What models have learned, and what they are to aim at. */
@Controller('v1')
@Allow('server')
export class ModelsController {
  constructor(
    @Inject(ModelHealth) private readonly health: ModelHealth,
    @Inject(UpdateLog) private readonly log: UpdateLog,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get('models')
  @ApiDoc({ summary: 'How well models do', tags: ['Learning'], responses: { 200: modelPageSchema } })
  list(@ValidQuery(modelQuerySchema) { limit, cursor }: ModelQuery) {
    return this.health.list(limit, cursor);
  }

  @Get('models/:offer/:channel')
  @ApiDoc({
    summary: 'One model: its calibration, and how much each fact tells',
    tags: ['Learning'],
    responses: { 200: modelDetailSchema },
  })
  async get(@ValidParams(modelParamsSchema) { offer, channel }: ModelParams) {
    const found = await this.health.describe(offer, channel);
    if (found === null)
      throw new ProblemError(
        failure('LEARNING.NO_MODEL', `Nobody has met the offer “${offer}” on ${channel} yet.`),
      );
    return found;
  }

  @Get('learning/objective')
  @ApiDoc({
    summary: 'What offers are to bring about',
    tags: ['Learning'],
    responses: { 200: objectiveSchema },
  })
  objective(): Promise<Objective> {
    return this.log.objective();
  }

  /** Holds for responses from then on; what was learned stays. */
  @Put('learning/objective')
  @Allow('admin')
  @ApiDoc({
    summary:
      'Set what offers are to bring about: responses, orders, returns, answers; for all, for groups, for offers',
    tags: ['Learning'],
    responses: { 200: objectiveSchema },
  })
  async setObjective(
    @Caller() caller: Principal,
    @ValidBody(objectiveSchema) body: Objective,
  ): Promise<Objective> {
    await this.audit.prepare();
    await this.database.transaction(async (tx) => {
      await this.log.setObjective(tx, body);
      await this.audit.record(tx, [
        { actor: caller.keyId, action: 'configure', subject: 'learning/objective', detail: body },
      ]);
    });
    return body;
  }
}
