import { Controller, Get, Inject, Put } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { AuditLog } from '@repartee/governance';
import { ApiDoc, Clock, Database, ValidBody } from '@repartee/platform';
import type { z } from 'zod';
import { challengersSchema } from '../domain/index.js';
import { UpdateLog } from '../persistence/index.js';
import { LearningFeed } from './learning-feed.js';

type Challengers = z.output<typeof challengersSchema>;

/** Who learns in the shadow of the models that speak. */
@Controller('v1/learning/challengers')
@Allow('server')
export class ChallengersController {
  constructor(
    @Inject(LearningFeed) private readonly feed: LearningFeed,
    @Inject(UpdateLog) private readonly log: UpdateLog,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiDoc({
    summary: 'The challengers that learn in the shadow',
    tags: ['Learning'],
    responses: { 200: challengersSchema },
  })
  list(): Challengers {
    return { challengers: this.feed.state.challengers };
  }

  /** They learn from responses from then on. One that stays as it was goes on with what it knows. */
  @Put()
  @Allow('admin')
  @ApiDoc({
    summary: 'Set the challengers; each speaks for an offer once it has beaten whoever does',
    tags: ['Learning'],
    responses: { 200: challengersSchema },
  })
  async set(
    @Caller() caller: Principal,
    @ValidBody(challengersSchema) body: Challengers,
  ): Promise<Challengers> {
    await this.audit.prepare();
    await this.database.transaction(async (tx) => {
      await this.log.declare(tx, body.challengers, new Date(this.clock.now()));
      await this.audit.record(tx, [
        { actor: caller.keyId, action: 'configure', subject: 'learning/challengers', detail: body },
      ]);
    });
    await this.feed.run();
    return body;
  }
}
