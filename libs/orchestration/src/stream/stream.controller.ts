import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, Caller, callerOf, type Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { type EventStream, Streams, StreamTickets } from '@repartee/engagement';
import { type Position, readPosition, writePosition } from '@repartee/engagement/domain';
import { ApiDoc, Clock, endTurn, IgnoresIdempotencyKey, orThrow, ValidQuery } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FollowTopics } from './follow-topics.js';
import { OFFERS, OwnOffers } from './own-offers.js';
import { chosenTopics, scopeOfTopic, TOPICS } from './topics.js';

const SCOPE = 'stream:read';
/** Milliseconds an EventSource waits before it connects again. */
const RETRY = 2_000;

const querySchema = z.object({
  topics: z
    .string()
    .max(200)
    .optional()
    .describe(`Server and admin keys: which of ${TOPICS.join(', ')}, with commas between`),
  ticket: z.string().max(6000).optional().describe('Instead of an Authorization header; it opens one stream'),
  lastEventId: z
    .string()
    .max(500)
    .optional()
    .describe('As the header Last-Event-ID, for a reader that cannot set it'),
});
const ticketSchema = z.object({ ticket: z.string(), expiresAt: z.string() });

interface Beginning {
  /** Where the reader stands before anything happened. */
  id?: string;
  begin(stream: EventStream): void;
}

/** What happens now, as server-sent events. */
@Controller('v1/stream')
export class StreamController {
  constructor(
    @Inject(Streams) private readonly streams: Streams,
    @Inject(StreamTickets) private readonly tickets: StreamTickets,
    @Inject(FollowTopics) private readonly follow: FollowTopics,
    @Inject(OwnOffers) private readonly own: OwnOffers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post('tickets')
  @HttpCode(200)
  @Allow('session', 'server', { scope: SCOPE })
  @IgnoresIdempotencyKey()
  @ApiDoc({
    summary: 'A ticket that opens one stream within 30 seconds',
    description: 'For EventSource, which sends no headers: `GET /v1/stream?ticket=…`.',
    tags: ['Stream'],
    responses: { 200: ticketSchema },
  })
  ticket(@Caller() caller: Principal): z.infer<typeof ticketSchema> {
    const scopes = caller.scopes.filter(
      (scope) => scope === '*' || TOPICS.some((name) => scope === scopeOfTopic(name)),
    );
    return this.tickets.issue({ ...caller, scopes });
  }

  @Get()
  @Allow('session', 'server', { scope: SCOPE, ticketInQuery: true })
  @ApiDoc({
    summary: 'What happens now, by topic, as server-sent events',
    description:
      'A session follows what is pushed to its own visitor (`offer`). Server and admin keys follow the topics they name and hold the read scope of. Every event has an id; `Last-Event-ID` goes on behind it, and around a reconnection an event may come twice, with the same id in its data. `hello` begins a stream and tells the time of the hub, `gap` says that more happened than is shown, `bye` ends it: come back after `retry`.',
    tags: ['Stream'],
    produces: 'text/event-stream',
    responses: { 200: z.string() },
  })
  async open(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @ValidQuery(querySchema) { topics, ticket, lastEventId }: z.infer<typeof querySchema>,
  ): Promise<void> {
    const caller = callerOf(request) ?? orThrow(await this.tickets.redeem(ticket ?? ''));
    const header = request.headers['last-event-id'];
    const position = orThrow(readPosition(typeof header === 'string' ? header : (lastEventId ?? '')));
    const { id, begin } = orThrow(this.choose(caller, topics, position));
    const stream = orThrow(this.streams.begin(caller));
    if (reply.raw.destroyed) return void stream.destroy();
    reply.raw.once('close', () => stream.destroy());
    endTurn(reply);
    const at = new Date(this.clock.now()).toISOString();
    stream.send({ event: 'hello', data: { at }, retry: RETRY, ...(id !== undefined && { id }) });
    begin(stream);
    void reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      })
      .send(stream);
  }

  private choose(caller: Principal, topics: string | undefined, position: Position): Result<Beginning> {
    if (caller.kind === 'session') {
      if (topics !== undefined && topics !== OFFERS)
        return fail(
          failure('STREAM.TOPIC_NOT_ALLOWED', 'A session follows what is pushed to its own visitor'),
        );
      return ok({
        begin: (stream) => {
          this.own.begin(stream, caller, position).catch(() => stream.bye('try again', RETRY));
        },
      });
    }
    const chosen = chosenTopics(caller, topics);
    if (!chosen.ok) return chosen;
    const reached = this.follow.standing(chosen.value, position);
    const id = writePosition(reached);
    return ok({ id, begin: (stream) => this.follow.begin(stream, chosen.value, position, reached) });
  }
}
