import { Controller, Delete, Get, Headers, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import { type Ending, ExperimentResults, Experiments } from '@repartee/experiments';
import { type Experiment, experimentSchema, keylessExperimentSchema } from '@repartee/experiments/domain';
import { ApiDoc, orThrow, tagged, ValidBody, ValidParams, ValidQuery, versionOf } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DeclaredExperiments } from './declared-experiments.js';
import {
  endingSchema,
  experimentPageSchema,
  experimentViewSchema,
  keyParamSchema,
  listQuerySchema,
  resultsQuerySchema,
  resultsSchema,
} from './experiment-schemas.js';

type Key = z.output<typeof keyParamSchema>;
const tags = ['Experiments'];

/** `/v1/experiments`. Whole configurations are written by `POST /v1/apply`. */
@Controller('v1/experiments')
@Allow('admin')
export class ExperimentsController {
  constructor(
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(DeclaredExperiments) private readonly declared: DeclaredExperiments,
    @Inject(ExperimentResults) private readonly results: ExperimentResults,
  ) {}

  @Get()
  @Allow('server')
  @ApiDoc({ summary: 'Experiments by key', tags, responses: { 200: experimentPageSchema } })
  list(@ValidQuery(listQuerySchema) { cursor, limit }: z.output<typeof listQuerySchema>) {
    return this.experiments.list(cursor, limit);
  }

  @Post()
  @ApiDoc({ summary: 'Declare an experiment; it is a draft', tags, responses: { 201: experimentViewSchema } })
  async create(
    @ValidBody(experimentSchema) body: Experiment,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    orThrow(await this.declared.check(body));
    return tagged(reply, orThrow(await this.experiments.create(body, actorOf(request))));
  }

  @Get(':key')
  @Allow('server')
  @ApiDoc({
    summary: 'One experiment, with its version as ETag',
    tags,
    responses: { 200: experimentViewSchema },
  })
  async get(@ValidParams(keyParamSchema) { key }: Key, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(reply, orThrow(await this.experiments.get(key)));
  }

  @Put(':key')
  @ApiDoc({
    summary: 'Replace an experiment; while it runs, nothing that decides who gets what',
    tags,
    responses: { 200: experimentViewSchema },
  })
  async replace(
    @ValidParams(keyParamSchema) { key }: Key,
    @ValidBody(keylessExperimentSchema) body: Omit<Experiment, 'key'>,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = orThrow(versionOf(ifMatch));
    const document = { key, ...body };
    orThrow(await this.declared.check(document));
    return tagged(reply, orThrow(await this.experiments.replace(document, version, actorOf(request))));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiDoc({
    summary: 'Remove an experiment that does not run, with all it measured',
    tags,
    responses: { 204: null },
  })
  async remove(
    @ValidParams(keyParamSchema) { key }: Key,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    orThrow(await this.experiments.remove(key, orThrow(versionOf(ifMatch)), actorOf(request)));
  }

  @Post(':key/start')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Begin the next phase: people are drawn anew',
    tags,
    responses: { 200: experimentViewSchema },
  })
  async start(
    @ValidParams(keyParamSchema) { key }: Key,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // What it is about may have gone since it was declared.
    orThrow(await this.declared.check(orThrow(await this.experiments.declaration(key))));
    return tagged(reply, orThrow(await this.experiments.start(key, actorOf(request))));
  }

  @Post(':key/stop')
  @HttpCode(200)
  @ApiDoc({
    summary: 'End the phase, and release a variation to all if wanted',
    tags,
    responses: { 200: experimentViewSchema },
  })
  async stop(
    @ValidParams(keyParamSchema) { key }: Key,
    @ValidBody(endingSchema) ending: Ending,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, orThrow(await this.experiments.stop(key, ending, actorOf(request))));
  }

  @Get(':key/results')
  @Allow('server')
  @ApiDoc({ summary: 'What a phase has shown so far', tags, responses: { 200: resultsSchema } })
  async read(
    @ValidParams(keyParamSchema) { key }: Key,
    @ValidQuery(resultsQuerySchema) { phase }: z.output<typeof resultsQuerySchema>,
  ) {
    return orThrow(await this.results.read(key, phase));
  }
}

function actorOf(request: FastifyRequest): string {
  return knownCallerOf(request).keyId;
}
