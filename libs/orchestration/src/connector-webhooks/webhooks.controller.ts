import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiDoc, BodyLimit, Open, orThrow, RawBody } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HearWebhook } from './hear-webhook.js';

const REASON = 'the connector verifies the provider’s signature';
/** Largest body of a webhook, in bytes. */
const LIMIT = 5 * 1024 * 1024;
const doc = ApiDoc({
  summary: 'A provider reports here; verified as the provider defines it',
  description:
    'Any path below and any query. The answer is the connector’s and comes when what was reported is durable. 403 where the signature is not the provider’s.',
  tags: ['Connectors'],
});

/** Where providers call. */
@Controller('v1/connectors/:name/webhooks')
export class ConnectorWebhooksController {
  constructor(@Inject(HearWebhook) private readonly webhooks: HearWebhook) {}

  @Get(['', '*'])
  @HttpCode(200)
  @Open(REASON)
  @doc
  read(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.answer(name, request, reply);
  }

  @Post(['', '*'])
  @HttpCode(200)
  @Open(REASON)
  @RawBody()
  @BodyLimit(LIMIT)
  @doc
  write(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.answer(name, request, reply);
  }

  private async answer(name: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { status, headers = {}, body = '' } = orThrow(await this.webhooks.hear(name, request));
    return reply
      .status(status)
      .headers({ 'cache-control': 'no-store', ...headers })
      .send(body);
  }
}
