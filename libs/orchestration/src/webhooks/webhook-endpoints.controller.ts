import {
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Post,
  Put,
  Req,
  Res,
} from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import {
  ApiDoc,
  IgnoresIdempotencyKey,
  orThrow,
  tagged,
  ValidBody,
  ValidParams,
  versionOf,
} from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EndpointDesk } from './endpoint-desk.js';
import type { EndpointFields } from './endpoint-store.js';
import {
  createdSchema,
  fieldsSchema,
  messageSchema,
  pageSchema,
  rotationSchema,
  secretSchema,
  webhookSchema,
  webhookView,
} from './webhook-schemas.js';

const oneSchema = z.object({ id: z.uuid() });
type One = z.output<typeof oneSchema>;
const tags = ['Webhooks'];

/** Outgoing webhooks. Answers that hold a secret are not kept for `Idempotency-Key`. */
@Controller('v1/webhooks')
@Allow('admin')
export class WebhookEndpointsController {
  constructor(@Inject(EndpointDesk) private readonly desk: EndpointDesk) {}

  @Get()
  @ApiDoc({ summary: 'Webhooks, oldest first', tags, responses: { 200: pageSchema } })
  async list() {
    return { items: (await this.desk.list()).map(webhookView), nextCursor: null };
  }

  @Post()
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Make a webhook; the one time its secret is shown',
    description:
      'Messages are CloudEvents in JSON, signed as Standard Webhooks defines it. An answer of 2xx within 15 s takes a message; anything else is tried again, ten times in three days. 410 disables the webhook.',
    tags,
    responses: { 201: createdSchema },
  })
  async create(
    @ValidBody(fieldsSchema) fields: EndpointFields,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { endpoint, key } = orThrow(await this.desk.create(fields, knownCallerOf(request).keyId));
    return tagged(reply, { ...webhookView(endpoint), secret: key });
  }

  @Get(':id')
  @ApiDoc({ summary: 'One webhook, with its version as ETag', tags, responses: { 200: webhookSchema } })
  async get(@ValidParams(oneSchema) { id }: One, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(reply, webhookView(orThrow(await this.desk.get(id))));
  }

  @Put(':id')
  @ApiDoc({
    summary: 'Replace a webhook; enabling it sends what waits',
    tags,
    responses: { 200: webhookSchema },
  })
  async replace(
    @ValidParams(oneSchema) { id }: One,
    @ValidBody(fieldsSchema) fields: EndpointFields,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = orThrow(versionOf(ifMatch));
    const { keyId } = knownCallerOf(request);
    return tagged(reply, webhookView(orThrow(await this.desk.replace(id, fields, version, keyId))));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDoc({ summary: 'Remove a webhook, what waits for it and its log', tags, responses: { 204: null } })
  async remove(
    @ValidParams(oneSchema) { id }: One,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const version = orThrow(versionOf(ifMatch));
    orThrow(await this.desk.remove(id, version, knownCallerOf(request).keyId));
  }

  @Post(':id/rotate-secret')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Give a webhook a new secret; for a while messages bear two signatures',
    tags,
    responses: { 201: secretSchema },
  })
  async rotate(
    @ValidParams(oneSchema) { id }: One,
    @ValidBody(rotationSchema) { overlapSeconds }: z.output<typeof rotationSchema>,
    @Req() request: FastifyRequest,
  ) {
    return { secret: orThrow(await this.desk.rotate(id, overlapSeconds, knownCallerOf(request).keyId)) };
  }

  @Post(':id/test')
  @HttpCode(202)
  @ApiDoc({
    summary: 'Send a message `webhook.test`; the attempts show what came of it',
    tags,
    responses: { 202: messageSchema },
  })
  async test(@ValidParams(oneSchema) { id }: One) {
    return { messageId: orThrow(await this.desk.test(id)) };
  }
}
