import { Controller, Get, Headers, Inject, Put, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { Classifications } from '@repartee/governance';
import { classificationSchema, DATA_CLASSES, type ClassificationDocument } from '@repartee/governance/domain';
import { ApiDoc, orThrow, tagged, ValidBody, versionOf } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const answerSchema = classificationSchema.extend({
  effective: z
    .record(z.string(), z.enum(DATA_CLASSES))
    .describe('Field names with their class, shipped ones too'),
});

/** Which fields hold which class of personal data. */
@Controller('v1/classification')
export class ClassificationController {
  constructor(@Inject(Classifications) private readonly classifications: Classifications) {}

  @Get()
  @Allow('server')
  @ApiDoc({
    summary: 'Classes of personal data by field',
    tags: ['Privacy'],
    responses: { 200: answerSchema },
  })
  async get(@Res({ passthrough: true }) reply: FastifyReply) {
    const { document, version } = await this.classifications.read();
    return tagged(reply, { ...document, effective: this.classifications.current.byName }, version);
  }

  /** Version 0 is that of an installation that has said nothing yet. */
  @Put()
  @Allow('admin')
  @ApiDoc({ summary: 'Class fields of your own', tags: ['Privacy'], responses: { 200: answerSchema } })
  async replace(
    @ValidBody(classificationSchema) body: ClassificationDocument,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    orThrow(await this.classifications.replace(body, orThrow(versionOf(ifMatch))));
    return this.get(reply);
  }
}
