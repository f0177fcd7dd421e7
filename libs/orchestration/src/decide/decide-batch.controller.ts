import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { decisionRequestSchema, decisionResponseSchema } from '@repartee/contracts';
import { ApiDoc, decodedBody, orThrow, StreamBody } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { DecideBatch } from './decide-batch.js';

/** What is read of a body before its answers are taken: senders that do not listen while they talk get so far. */
const READ_AHEAD = 32 * 1024 * 1024;
const index = z.int().describe('Of the question, from 0; blank lines do not count');

@Controller('v1/decisions')
export class DecideBatchController {
  constructor(@Inject(DecideBatch) private readonly batches: DecideBatch) {}

  @Post('batch')
  @HttpCode(200)
  @StreamBody()
  @Allow('server', { scope: 'decisions:write' })
  @ApiDoc({
    summary: 'The next best actions for very many people',
    description:
      'A line of NDJSON for each question, as POST /v1/decisions takes it, and in the same order a line for each answer, with the index of the question. A line that is wrong gets a problem document with its index, and the others go on. Answers come while questions still arrive; who does not take them is not read any further than 32 MiB.',
    tags: ['Decisions'],
    consumes: ['application/x-ndjson'],
    produces: 'application/x-ndjson',
    body: decisionRequestSchema,
    responses: {
      200: z.union([
        decisionResponseSchema.extend({ index }),
        z.object({
          index,
          type: z.string(),
          title: z.string(),
          status: z.int(),
          detail: z.string(),
          code: z.string(),
        }),
      ]),
    },
  })
  decide(@Req() request: FastifyRequest, @Caller() caller: Principal, @Res() reply: FastifyReply) {
    const body = orThrow(decodedBody(request, READ_AHEAD));
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
      body.destroy();
    });
    const answers = orThrow(this.batches.begin(caller, body, gone.signal));
    return reply
      .headers({ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
      .send(Readable.from(answers, { highWaterMark: 1 }));
  }
}
