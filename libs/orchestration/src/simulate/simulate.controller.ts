import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { StudyStore } from '@repartee/decisioning';
import { ApiDoc, BodyLimit, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Simulate } from './simulate.js';
import { reportSchema, simulatedSchema, simulateSchema, type SimulateRequest } from './simulate-schemas.js';
import { Studies } from './studies.js';
import { cancelStudy, findStudy, studyAnswer, studyPage } from './study-answers.js';
import {
  changesPageSchema,
  changesQuerySchema,
  studyIdSchema,
  studyListSchema,
  studyPageSchema,
  studySchema,
  unservedPageSchema,
} from './study-schemas.js';

type Id = z.output<typeof studyIdSchema>;
type Page = z.output<typeof changesQuerySchema>;
const LIMIT = 10 * 1024 * 1024;
const simulationSchema = studySchema(reportSchema);

/** What would be decided. */
@Controller('v1/decisions/simulate')
@Allow('server', { scope: 'decisions:write' })
export class SimulateController {
  constructor(
    @Inject(Simulate) private readonly simulate: Simulate,
    @Inject(Studies) private readonly studies: Studies,
    @Inject(StudyStore) private readonly store: StudyStore,
  ) {}

  @Post()
  @HttpCode(200)
  @BodyLimit(LIMIT)
  @ApiDoc({
    summary:
      'What would be decided for these people with these drafts: nothing is recorded, nothing reserved',
    description:
      'Profiles that are named are answered at once. A sample of stored profiles or the decisions of the past take longer: 202, and GET of the id says how far it is and what it found.',
    tags: ['Decisions'],
    responses: { 200: simulatedSchema, 202: simulationSchema },
  })
  async ask(
    @ValidBody(simulateSchema) request: SimulateRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (request.profiles) return orThrow(await this.simulate.answer(request));
    const { revision } = orThrow(await this.simulate.check(request));
    const study = orThrow(await this.studies.begin('simulation', request, revision));
    void reply.code(202).header('location', `/v1/decisions/simulate/${study.id}`);
    return studyAnswer(study);
  }

  @Get()
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary: 'Simulations, newest first, without what they found',
    tags: ['Decisions'],
    responses: { 200: studyPageSchema },
  })
  list(@ValidQuery(studyListSchema) { limit, cursor }: z.output<typeof studyListSchema>) {
    return studyPage(this.store, 'simulation', limit, cursor);
  }

  @Get(':id')
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary: 'How far a simulation is, and what it found',
    tags: ['Decisions'],
    responses: { 200: simulationSchema },
  })
  async one(@ValidParams(studyIdSchema) { id }: Id) {
    return studyAnswer(orThrow(await findStudy(this.store, 'simulation', id)));
  }

  @Get(':id/changes')
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary: 'People whose answer a draft changes, from what to what: the first thousand that were found',
    tags: ['Decisions'],
    responses: { 200: changesPageSchema },
  })
  changes(@ValidParams(studyIdSchema) { id }: Id, @ValidQuery(changesQuerySchema) page: Page) {
    return this.examples(id, page, false);
  }

  @Get(':id/unserved')
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary: 'People left with nothing relevant, where they lose it and what would help: the first thousand',
    tags: ['Decisions'],
    responses: { 200: unservedPageSchema },
  })
  unserved(@ValidParams(studyIdSchema) { id }: Id, @ValidQuery(changesQuerySchema) page: Page) {
    return this.examples(id, page, true);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiDoc({ summary: 'Stop a simulation', tags: ['Decisions'], responses: { 200: simulationSchema } })
  async cancel(@ValidParams(studyIdSchema) { id }: Id) {
    return studyAnswer(orThrow(await cancelStudy(this.store, 'simulation', id)));
  }

  private async examples(id: string, { cursor, limit }: Page, unserved: boolean) {
    orThrow(await findStudy(this.store, 'simulation', id));
    const found = await this.store.changes(id, { unserved, after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      items: page.map(({ profileId, change }) => ({ profileId, ...change })),
      nextCursor: found.length > limit ? String(page.at(-1)?.place) : null,
    };
  }
}
