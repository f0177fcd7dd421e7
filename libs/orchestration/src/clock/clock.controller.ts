import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { durationSchema, parseDuration } from '@repartee/contracts';
import { ApiDoc, type BusinessTime, orThrow, TimeTravel, ValidBody } from '@repartee/platform';
import { z } from 'zod';

const answerSchema = z.object({
  now: z.iso.datetime().describe('Business time'),
  ahead: z.number().describe('Milliseconds ahead of the system’s time'),
  movable: z.boolean().describe('Whether it can be moved in this installation'),
});
const forwardSchema = z.object({
  by: durationSchema
    .refine((text) => (parseDuration(text) ?? 0) > 0, 'must be more than nothing')
    .meta({ description: 'How far', examples: ['1h'] }),
});

/** Business time, which a sandbox moves forward to see what an hour or a month brings. */
@Controller('v1/clock')
export class ClockController {
  constructor(@Inject(TimeTravel) private readonly travel: TimeTravel) {}

  @Get()
  @Allow('server', 'admin', { scope: 'operations:read' })
  @ApiDoc({ summary: 'Business time', tags: ['Operations'], responses: { 200: answerSchema } })
  read() {
    return answerOf(this.travel.time);
  }

  @Post('forward')
  @HttpCode(200)
  @Allow('admin', { scope: 'operations:write' })
  @ApiDoc({
    summary: 'Move business time forward, in a sandbox; it never goes back',
    tags: ['Operations'],
    responses: { 200: answerSchema },
  })
  async forward(@ValidBody(forwardSchema) { by }: z.infer<typeof forwardSchema>) {
    return answerOf(orThrow(await this.travel.forward(Math.ceil(parseDuration(by) ?? 0))));
  }
}

function answerOf({ now, ahead, movable }: BusinessTime): z.infer<typeof answerSchema> {
  return { now: new Date(now).toISOString(), ahead, movable };
}
