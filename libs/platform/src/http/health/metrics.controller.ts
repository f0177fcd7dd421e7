import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Metrics } from '../../telemetry/index.js';
import { ApiDoc } from '../openapi/route-doc.js';
import { Open } from '../route-access.js';

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get()
  @Open('read by Prometheus; holds no data of people')
  @ApiDoc({
    summary: 'Metrics in the text format of Prometheus',
    tags: ['health'],
    produces: 'text/plain',
    responses: { 200: null },
  })
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('content-type', this.metrics.contentType);
    return this.metrics.text();
  }
}
