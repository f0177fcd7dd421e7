import { Controller, Get, Headers, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { keySchema } from '@repartee/contracts';
import { CatalogueReader, taggedItem } from '@repartee/decisioning';
import { catalogueSchema, offerSchema } from '@repartee/decisioning/domain';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery, versionOf } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OfferLifeCycle } from './offer-life-cycle.js';
import { MAY_APPROVE, writerOf } from './writer.js';

const oneSchema = z.object({ key: keySchema });
type One = z.output<typeof oneSchema>;

const note = z.string().min(1).max(1000).optional().describe('Why; kept with the version');
const effectiveAt = z.iso
  .datetime({ offset: true })
  .optional()
  .describe('From when on; at once unless given');
const stepSchema = z.strictObject({ note, effectiveAt }).prefault({});
const answerSchema = z.strictObject({ note }).prefault({});
const rollbackSchema = z.strictObject({ revision: z.int().min(1), note, effectiveAt });
type Words = z.output<typeof stepSchema>;

const itemSchema = offerSchema.extend({ revision: z.int(), updatedAt: z.iso.datetime() });
const responses = { 200: itemSchema };
const tags = ['Configuration'];

/** The life of an offer, step by step, each on the version in `If-Match`. */
@Controller('v1/offers/:key')
@Allow('admin', { scope: 'configuration:write' })
export class OfferLifeCycleController {
  constructor(@Inject(OfferLifeCycle) private readonly life: OfferLifeCycle) {}

  @Put('draft')
  @ApiDoc({
    summary: 'What the offer will say when it is published next',
    tags,
    body: catalogueSchema.shape.offers.unwrap().element,
    responses,
  })
  async redraft(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(z.looseObject({})) draft: Record<string, unknown>,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(reply, orThrow(await this.life.redraft(stepOf(key, ifMatch, request), draft)));
  }

  @Post('publish')
  @HttpCode(200)
  @ApiDoc({ summary: 'Put an offer, or its draft, in force, at once or from a moment on', tags, responses })
  async publish(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(stepSchema) words: Words,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(reply, orThrow(await this.life.publish(stepOf(key, ifMatch, request, words))));
  }

  @Post('retire')
  @HttpCode(200)
  @ApiDoc({ summary: 'Show an offer to nobody any more, at once or from a moment on', tags, responses })
  async retire(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(stepSchema) words: Words,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(reply, orThrow(await this.life.retire(stepOf(key, ifMatch, request, words))));
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiDoc({ summary: 'Put what an offer said by an earlier version in force again', tags, responses })
  async rollback(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(rollbackSchema) { revision, ...words }: z.output<typeof rollbackSchema>,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(
      reply,
      orThrow(await this.life.rollback(stepOf(key, ifMatch, request, words), revision)),
    );
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiDoc({ summary: 'Call off a change that waits, or is scheduled', tags, responses })
  async cancel(
    @ValidParams(oneSchema) { key }: One,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(reply, orThrow(await this.life.cancel(stepOf(key, ifMatch, request))));
  }
}

const waitingQuerySchema = z.object({
  cursor: keySchema.or(z.literal('')).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Saying yes or no to changes of offers. */
@Controller('v1')
@Allow('admin', { scope: MAY_APPROVE })
export class ApprovalsController {
  constructor(
    @Inject(OfferLifeCycle) private readonly life: OfferLifeCycle,
    @Inject(CatalogueReader) private readonly reader: CatalogueReader,
  ) {}

  @Get('approvals')
  @Allow('server', { scope: 'approvals:read' })
  @ApiDoc({
    summary: 'Offers with a change that waits for approval',
    tags,
    responses: { 200: z.object({ items: z.array(itemSchema), nextCursor: z.string().nullable() }) },
  })
  waiting(@ValidQuery(waitingQuerySchema) page: z.output<typeof waitingQuerySchema>) {
    return this.reader.waiting(page);
  }

  @Post('offers/:key/approve')
  @HttpCode(200)
  @ApiDoc({ summary: 'Say yes to the change that waits', tags, responses })
  async approve(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(answerSchema) words: Words,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(reply, orThrow(await this.life.approve(stepOf(key, ifMatch, request, words))));
  }

  @Post('offers/:key/reject')
  @HttpCode(200)
  @ApiDoc({ summary: 'Say no to the change that waits', tags, responses })
  async reject(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(answerSchema) words: Words,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return taggedItem(reply, orThrow(await this.life.reject(stepOf(key, ifMatch, request, words))));
  }
}

function stepOf(key: string, ifMatch: string | undefined, request: FastifyRequest, words: Words = {}) {
  return { key, version: orThrow(versionOf(ifMatch)), writer: writerOf(request), ...words };
}
