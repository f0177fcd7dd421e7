import { Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiDoc, Clock, IgnoresIdempotencyKey, Open, orThrow, ValidBody } from '@repartee/platform';
import type { z } from 'zod';
import { takenSchema, takeSchema } from './visit-schemas.js';
import { takenView } from './visit-views.js';
import { Visits } from './visits.js';

/** For our own page on the visitor's phone, which holds no key. A site's own page calls `/v1/devices/hand-overs`. */
@Controller('v1/kiosk/continue')
export class ContinueController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open('the one-time code from the screen says whose visit goes on')
  @ApiDoc({
    summary: 'Go on with a visit on our own page, once; no key needed',
    tags: ['Kiosk'],
    responses: { 200: takenSchema },
  })
  async take(@ValidBody(takeSchema) { code }: z.output<typeof takeSchema>) {
    return takenView(orThrow(await this.visits.take(code)), this.clock.now());
  }
}
