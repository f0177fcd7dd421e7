import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, Keys } from '@repartee/access';
import {
  type EventType,
  eventSchema,
  ingestAnswerSchema,
  type Result,
  visibleAnswerSchema,
} from '@repartee/contracts';
import { ApiDoc, BodyLimit, HotRoute, orThrow, RawBody, ValidQuery } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EventLog } from '../persistence/event-log.js';
import { Ingest, type Ingested } from './ingest.js';
import { visibleWait } from './prefer.js';
import {
  encodingOf,
  type EventRequest,
  readEncodedEventRequest,
  readEventRequest,
} from './read-event-request.js';

/** A little more than a batch may hold, so that the limit itself is ours to explain. */
const BODY_LIMIT = 520 * 1024;

const batchSchema = z.object({
  batch: z.array(eventSchema),
  sentAt: z.string().optional(),
  writeKey: z.string().optional(),
});
const answerSchema = z.union([ingestAnswerSchema, visibleAnswerSchema]);
const recentSchema = z.object({
  source: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
type Recent = z.infer<typeof recentSchema>;

/** One route of the tracking API: body as it comes, write key in header or body. */
function EventRoute(paths: string[], summary: string): MethodDecorator {
  const decorators = [
    Post(paths),
    HttpCode(200),
    HotRoute(),
    RawBody(),
    BodyLimit(BODY_LIMIT),
    Allow('public', 'server', { scope: 'events:write', writeKeyInBody: true }),
    ApiDoc({
      summary,
      tags: ['Events'],
      body: summary.includes('batch') ? batchSchema : eventSchema,
      responses: { 200: answerSchema },
    }),
  ];
  return (target, name, descriptor) => {
    for (const decorate of decorators) decorate(target, name, descriptor);
  };
}

/** Segment's HTTP tracking API. 200 means durable. */
@Controller('v1')
export class EventsController {
  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(EventLog) private readonly log: EventLog,
  ) {}

  @EventRoute(['identify', 'i'], 'Say who a person is')
  identify(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply, 'identify');
  }

  @EventRoute(['track', 't'], 'Say what a person did')
  track(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply, 'track');
  }

  @EventRoute(['page', 'p'], 'Say which page a person sees')
  page(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply, 'page');
  }

  @EventRoute(['screen', 's'], 'Say which screen a person sees')
  screen(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply, 'screen');
  }

  @EventRoute(['group', 'g'], 'Say which group a person belongs to')
  group(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply, 'group');
  }

  @EventRoute(['alias', 'a'], 'Say that two identities are one')
  alias(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply, 'alias');
  }

  @EventRoute(['batch', 'b'], 'Send a batch of events')
  batch(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, reply);
  }

  @Get('events')
  @Allow('server', { scope: 'events:read' })
  @ApiDoc({ summary: 'The newest events, as they arrive', tags: ['Events'] })
  async recent(@ValidQuery(recentSchema) query: Recent) {
    return { items: await this.log.recent(query), nextCursor: null };
  }

  private take(request: FastifyRequest, reply: FastifyReply, type?: EventType) {
    const encoding = encodingOf(request);
    const ingested =
      encoding === undefined
        ? this.ingestRead(readEventRequest(request, this.keys), type)
        : readEncodedEventRequest(request, encoding, this.keys).then((read) => this.ingestRead(read, type));
    return this.answer(ingested, request, reply);
  }

  private ingestRead(read: Result<EventRequest>, type?: EventType): Promise<Result<Ingested>> {
    if (!read.ok) return Promise.resolve(read);
    return type === undefined ? this.ingest.batch(read.value) : this.ingest.one({ ...read.value, type });
  }

  /** Nothing of the request's body is held while the answer waits for the disk: hundreds wait at once. */
  private async answer(ingesting: Promise<Result<Ingested>>, request: FastifyRequest, reply: FastifyReply) {
    const ingested = orThrow(await ingesting);
    const wait = visibleWait(request.headers.prefer);
    return wait === undefined ? { success: true } : this.awaitVisible(ingested, wait, reply);
  }

  private async awaitVisible(ingested: Ingested, wait: number, reply: FastifyReply) {
    const state = await this.ingest.visible(ingested, wait);
    if (state.visible) void reply.header('preference-applied', `visible, wait=${wait}`);
    return { success: true, ...state };
  }
}
