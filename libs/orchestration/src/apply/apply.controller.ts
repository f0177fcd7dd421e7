import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, BodyLimit, inflateBounded, orThrow, RawBody, ValidQuery } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writerOf } from '../catalogue/writer.js';
import { ApplyConfiguration } from './apply-configuration.js';

const LIMIT = 10 * 1024 * 1024;
const querySchema = z.object({ dryRun: z.stringbool().default(false) });

@Controller('v1/apply')
export class ApplyController {
  constructor(@Inject(ApplyConfiguration) private readonly configuration: ApplyConfiguration) {}

  @Post()
  @HttpCode(200)
  @RawBody()
  @BodyLimit(LIMIT)
  @Allow('admin', { scope: 'configuration:write' })
  @ApiDoc({
    summary: 'Apply a whole configuration: all of it, or nothing',
    description:
      'Answers with what changed, or would change with `dryRun=true`. `estimates` say what it takes to send the treatments that are new or changed: bytes, messages (segments of a text), and the cost of one where a price is known.',
    tags: ['Configuration'],
    consumes: ['application/yaml', 'application/json'],
  })
  async apply(
    @Req() request: FastifyRequest,
    @ValidQuery(querySchema) { dryRun }: z.infer<typeof querySchema>,
  ) {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const body = orThrow(await inflateBounded(raw, request.headers['content-encoding'], LIMIT));
    return orThrow(await this.configuration.apply(body.toString('utf8'), dryRun, writerOf(request)));
  }
}
