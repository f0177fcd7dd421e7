import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { StudyStore } from '@repartee/decisioning';
import { ApiDoc, BodyLimit, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Evaluate } from './evaluate.js';
import { evaluateSchema, type EvaluateRequest, evaluationSchema } from './evaluate-schemas.js';
import { Studies } from './studies.js';
import { cancelStudy, findStudy, studyAnswer, studyPage } from './study-answers.js';
import { studyIdSchema, studyListSchema, studyPageSchema } from './study-schemas.js';

type Id = z.output<typeof studyIdSchema>;
const LIMIT = 10 * 1024 * 1024;

/** What another policy would have earned. */
@Controller('v1/decisions/evaluate')
@Allow('server', { scope: 'decisions:write' })
export class EvaluateController {
  constructor(
    @Inject(Evaluate) private readonly evaluate: Evaluate,
    @Inject(Studies) private readonly studies: Studies,
    @Inject(StudyStore) private readonly store: StudyStore,
  ) {}

  @Post()
  @HttpCode(202)
  @BodyLimit(LIMIT)
  @ApiDoc({
    summary: 'What a draft, or a fixed policy, would have earned on the decisions of the past',
    description:
      'IPS, SNIPW, DM and DR with 95 % intervals over the first place of a zone. With an effective sample under 200, or where the log has not tried what would be chosen, nothing is estimated, and the answer says so. GET of the id says how far it is and what it found.',
    tags: ['Decisions'],
    responses: { 202: evaluationSchema },
  })
  async ask(
    @ValidBody(evaluateSchema) request: EvaluateRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { revision } = orThrow(await this.evaluate.check(request));
    const study = orThrow(await this.studies.begin('evaluation', request, revision));
    void reply.header('location', `/v1/decisions/evaluate/${study.id}`);
    return studyAnswer(study);
  }

  @Get()
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary: 'Evaluations, newest first, without what they found',
    tags: ['Decisions'],
    responses: { 200: studyPageSchema },
  })
  list(@ValidQuery(studyListSchema) { limit, cursor }: z.output<typeof studyListSchema>) {
    return studyPage(this.store, 'evaluation', limit, cursor);
  }

  @Get(':id')
  @Allow('server', { scope: 'decisions:read' })
  @ApiDoc({
    summary: 'How far an evaluation is, and what it found',
    tags: ['Decisions'],
    responses: { 200: evaluationSchema },
  })
  async one(@ValidParams(studyIdSchema) { id }: Id) {
    return studyAnswer(orThrow(await findStudy(this.store, 'evaluation', id)));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiDoc({ summary: 'Stop an evaluation', tags: ['Decisions'], responses: { 200: evaluationSchema } })
  async cancel(@ValidParams(studyIdSchema) { id }: Id) {
    return studyAnswer(orThrow(await cancelStudy(this.store, 'evaluation', id)));
  }
}
