import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiDoc } from '../openapi/route-doc.js';
import { Open } from '../route-access.js';
import { HealthChecks, type HealthReport } from './health-checks.js';

const check = z.object({
  status: z.enum(['ok', 'failed']),
  critical: z.boolean(),
  detail: z.string().optional(),
});
const report = z
  .object({ status: z.enum(['ok', 'degraded', 'down']), checks: z.record(z.string(), check) })
  .meta({ id: 'HealthReport' });

@Controller('health')
export class HealthController {
  constructor(@Inject(HealthChecks) private readonly checks: HealthChecks) {}

  @Get('live')
  @Open('asked by whoever runs the process')
  @ApiDoc({
    summary: 'Whether the process lives',
    tags: ['health'],
    responses: { 200: z.object({ status: z.literal('ok') }) },
  })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Open('asked by load balancers')
  @ApiDoc({
    summary: 'Whether the process can do its work; 503 when something it cannot do without fails',
    tags: ['health'],
    responses: { 200: report, 503: report },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const result = await this.checks.report();
    void reply.code(result.status === 'down' ? 503 : 200).header('cache-control', 'no-store');
    return result;
  }
}
