import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, callerOf } from '@repartee/access';
import { type OfferResponse, responsesRequestSchema } from '@repartee/contracts';
import { Ingest, type Ingested, visibleWait } from '@repartee/ingestion';
import { ApiDoc, orThrow, problemDocument, ValidBody } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Respond } from './respond.js';

@Controller('v1/responses')
export class ResponsesController {
  constructor(
    @Inject(Respond) private readonly responses: Respond,
    @Inject(Ingest) private readonly ingest: Ingest,
  ) {}

  /** One response answers with its own problem; of a list each is taken or refused by itself. */
  @Post()
  @HttpCode(200)
  @Allow('session', 'server', { scope: 'responses:write' })
  @ApiDoc({ summary: 'What a person did with an offer', tags: ['Decisions'] })
  async respond(
    @ValidBody(responsesRequestSchema) body: OfferResponse | OfferResponse[],
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const caller = callerOf(request);
    if (!Array.isArray(body)) {
      const { ingested } = orThrow(await this.responses.respond(body, caller));
      return { success: true, ...(await this.awaitVisible(ingested.events, request, reply)) };
    }
    const results = await Promise.all(body.map((response) => this.responses.respond(response, caller)));
    const accepted = results.flatMap((result) => (result.ok ? result.value.ingested.events : []));
    const errors = results.flatMap((result, index) =>
      result.ok
        ? []
        : [{ index, responseId: body[index]?.responseId, problem: problemDocument(result.failure) }],
    );
    return {
      success: errors.length === 0,
      accepted: accepted.length,
      ...(errors.length > 0 && { errors }),
      ...(await this.awaitVisible(accepted, request, reply)),
    };
  }

  private async awaitVisible(events: Ingested['events'], request: FastifyRequest, reply: FastifyReply) {
    const wait = visibleWait(request.headers.prefer);
    if (wait === undefined) return {};
    const state = await this.ingest.visible({ events }, wait);
    if (state.visible) void reply.header('preference-applied', `visible, wait=${wait}`);
    return state;
  }
}
