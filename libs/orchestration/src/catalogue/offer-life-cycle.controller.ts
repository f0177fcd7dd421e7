import { Controller, Headers, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import type { Result } from '@repartee/contracts';
import { type CatalogueItem, etagOf } from '@repartee/decisioning';
import { keySchema } from '@repartee/decisioning/domain';
import { ApiDoc, orThrow, ValidBody, ValidParams, versionOf } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { entrySchemas } from './catalogue-editor.js';
import { OfferLifeCycle } from './offer-life-cycle.js';

const oneSchema = z.object({ key: keySchema });
type One = z.output<typeof oneSchema>;
const tags = ['Configuration'];

/** The life of an offer: `PUT …/draft`, `POST …/publish`, `POST …/retire`. */
@Controller('v1/offers/:key')
@Allow('admin', { scope: 'configuration:write' })
export class OfferLifeCycleController {
  constructor(@Inject(OfferLifeCycle) private readonly life: OfferLifeCycle) {}

  @Put('draft')
  @ApiDoc({
    summary: 'What the offer will say when it is published next',
    tags,
    body: entrySchemas.offers.unwrap().element,
  })
  async redraft(
    @ValidParams(oneSchema) { key }: One,
    @ValidBody(z.looseObject({})) draft: Record<string, unknown>,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.life.redraft(stepOf(key, ifMatch, request), draft));
  }

  @Post('publish')
  @HttpCode(200)
  @ApiDoc({ summary: 'Put an offer, or its draft, in force', tags })
  async publish(
    @ValidParams(oneSchema) { key }: One,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.life.publish(stepOf(key, ifMatch, request)));
  }

  @Post('retire')
  @HttpCode(200)
  @ApiDoc({ summary: 'Show an offer to nobody any more', tags })
  async retire(
    @ValidParams(oneSchema) { key }: One,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.life.retire(stepOf(key, ifMatch, request)));
  }
}

function stepOf(key: string, ifMatch: string | undefined, request: FastifyRequest) {
  return { key, version: orThrow(versionOf(ifMatch)), by: knownCallerOf(request).keyId };
}

function tagged(reply: FastifyReply, result: Result<CatalogueItem>): CatalogueItem {
  const item = orThrow(result);
  void reply.header('etag', etagOf(item));
  return item;
}
