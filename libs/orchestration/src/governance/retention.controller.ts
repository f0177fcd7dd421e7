import { Controller, Get, Headers, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { Retention } from '@repartee/governance';
import {
  RETAINED_KINDS,
  type RetentionDocument,
  retentionSchema,
  STRIPPABLE_CLASSES,
} from '@repartee/governance/domain';
import { ApiDoc, orThrow, tagged, ValidBody, versionOf } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const reportSchema = z.object({
  items: z.array(
    z.object({
      rule: z.string(),
      kind: z.enum(RETAINED_KINDS),
      source: z.string().nullable(),
      except: z.array(z.string()).describe('Sources with a rule of their own'),
      class: z.enum(STRIPPABLE_CLASSES).nullable(),
      before: z.iso.datetime(),
      records: z.int().describe('What the rule would end now'),
    }),
  ),
  nextCursor: z.null(),
});

/** How long what is kept. */
@Controller('v1/retention')
@Allow('admin')
export class RetentionController {
  constructor(@Inject(Retention) private readonly retention: Retention) {}

  @Get()
  @ApiDoc({ summary: 'The rules of retention', tags: ['Privacy'], responses: { 200: retentionSchema } })
  async get(@Res({ passthrough: true }) reply: FastifyReply) {
    const { document, version } = await this.retention.read();
    return tagged(reply, document, version);
  }

  /** Version 0 is that of an installation that has said nothing yet. */
  @Put()
  @ApiDoc({
    summary: 'Replace the rules of retention; they are enforced every hour',
    tags: ['Privacy'],
    responses: { 200: retentionSchema },
  })
  async replace(
    @ValidBody(retentionSchema) body: RetentionDocument,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    orThrow(await this.retention.replace(body, orThrow(versionOf(ifMatch))));
    return this.get(reply);
  }

  @Get('report')
  @ApiDoc({
    summary: 'What the rules in force would end now',
    tags: ['Privacy'],
    responses: { 200: reportSchema },
  })
  async report() {
    return { items: await this.retention.report(), nextCursor: null };
  }

  @Post('report')
  @HttpCode(200)
  @ApiDoc({
    summary: 'What other rules would end now; changes nothing',
    tags: ['Privacy'],
    responses: { 200: reportSchema },
  })
  async preview(@ValidBody(retentionSchema) body: RetentionDocument) {
    return { items: await this.retention.report(body), nextCursor: null };
  }
}
