import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { EndpointDesk } from './endpoint-desk.js';
import { MessageStore } from './message-store.js';
import { WebhookLanes } from './webhook-lanes.js';
import {
  attemptListSchema,
  attemptPageSchema,
  attemptView,
  messageSchema,
  replayedSchema,
  sinceSchema,
} from './webhook-schemas.js';

const oneSchema = z.object({ id: z.uuid() });
const attemptSchema = z.object({ id: z.uuid(), attemptId: z.uuid() });
const tags = ['Webhooks'];

/** How webhooks were told, and telling them again. */
@Controller('v1/webhooks/:id')
@Allow('admin')
export class WebhookAttemptsController {
  constructor(
    @Inject(EndpointDesk) private readonly desk: EndpointDesk,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(WebhookLanes) private readonly lanes: WebhookLanes,
  ) {}

  @Get('attempts')
  @ApiDoc({ summary: 'Every try, newest first', tags, responses: { 200: attemptPageSchema } })
  async list(
    @ValidParams(oneSchema) { id }: z.output<typeof oneSchema>,
    @ValidQuery(attemptListSchema) query: z.output<typeof attemptListSchema>,
  ) {
    orThrow(await this.desk.get(id));
    const { cursor, message, limit } = query;
    const found = await this.messages.attempts(id, { before: cursor, messageId: message, limit: limit + 1 });
    const page = found.slice(0, limit);
    const nextCursor = found.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { items: page.map(attemptView), nextCursor };
  }

  @Post('attempts/:attemptId/replay')
  @HttpCode(202)
  @ApiDoc({
    summary: 'Send the message of an attempt again, with the same webhook-id',
    tags,
    responses: { 202: messageSchema },
  })
  async replay(@ValidParams(attemptSchema) { id, attemptId }: z.output<typeof attemptSchema>) {
    const messageId = await this.messages.replay(id, attemptId);
    if (messageId === undefined)
      return orThrow(fail(failure('WEBHOOK.ATTEMPT_NOT_FOUND', 'There is no such attempt')));
    this.lanes.ring();
    return { messageId };
  }

  @Post('replay')
  @HttpCode(202)
  @ApiDoc({
    summary: 'Send again what happened since a moment, with the same webhook-ids',
    tags,
    responses: { 202: replayedSchema },
  })
  async replaySince(
    @ValidParams(oneSchema) { id }: z.output<typeof oneSchema>,
    @ValidBody(sinceSchema) { since, only }: z.output<typeof sinceSchema>,
  ) {
    orThrow(await this.desk.get(id));
    const messages = await this.messages.replaySince(id, new Date(since), only === 'failed');
    this.lanes.ring();
    return { messages };
  }
}
