import { Controller, Delete, Get, Header, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import {
  ApiDoc,
  Clock,
  CONFIG,
  type Config,
  IgnoresIdempotencyKey,
  Open,
  orThrow,
  ValidBody,
  ValidParams,
} from '@repartee/platform';
import type { z } from 'zod';
import { DeviceAccess } from '../devices/device-access.js';
import {
  type Begin,
  beginSchema,
  handOverSchema,
  offerSchema,
  proofSchema,
  takenSchema,
  takeSchema,
  visitIdSchema,
  visitSchema,
  visitStandSchema,
} from './visit-schemas.js';
import { PhoneVisits } from './phone-visits.js';
import { takenView, visitView } from './visit-views.js';
import { Visits } from './visits.js';

const tags = ['Kiosk'];
const REASON = 'the device credential in the Authorization header says who asks';
type VisitId = z.output<typeof visitIdSchema>;

/** Visits of the kiosk that asks. Answers that hold a token are not kept for `Idempotency-Key`. */
@Controller('v1/devices')
export class VisitsController {
  constructor(
    @Inject(DeviceAccess) private readonly access: DeviceAccess,
    @Inject(Visits) private readonly visits: Visits,
    @Inject(PhoneVisits) private readonly phones: PhoneVisits,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('me/visits')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open(REASON)
  @ApiDoc({ summary: 'Begin a visit; the one before is forgotten', tags, responses: { 201: visitSchema } })
  async begin(@ValidBody(beginSchema) begin: Begin, @Headers('authorization') authorization?: string) {
    const device = orThrow(await this.access.authenticate(authorization));
    const begun = begin.by === 'phone' ? this.phones.begin(device, begin) : this.visits.begin(device, begin);
    return visitView(orThrow(await begun), this.clock.now());
  }

  @Get('me/visits/:id')
  @Header('cache-control', 'no-store')
  @Open(REASON)
  @ApiDoc({
    summary: 'Whether a visit is still here, without keeping it alive',
    tags,
    responses: { 200: visitStandSchema },
  })
  async look(@ValidParams(visitIdSchema) { id }: VisitId, @Headers('authorization') authorization?: string) {
    const device = orThrow(await this.access.authenticate(authorization));
    const idleAt = orThrow(await this.visits.look(device, id));
    return { idleAt: idleAt.toISOString(), now: new Date(this.clock.now()).toISOString() };
  }

  @Post('me/visits/:id/touch')
  @HttpCode(200)
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open(REASON)
  @ApiDoc({ summary: 'Keep a visit alive: a fresh token', tags, responses: { 200: visitSchema } })
  async touch(@ValidParams(visitIdSchema) { id }: VisitId, @Headers('authorization') authorization?: string) {
    const device = orThrow(await this.access.authenticate(authorization));
    return visitView(orThrow(await this.visits.touch(device, id)), this.clock.now());
  }

  @Post('me/visits/:id/proof')
  @HttpCode(200)
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open(REASON)
  @ApiDoc({
    summary: 'Prove to read what is sent to a number: five tries, five minutes',
    tags,
    responses: { 200: visitSchema },
  })
  async prove(
    @ValidParams(visitIdSchema) { id }: VisitId,
    @ValidBody(proofSchema) proof: z.output<typeof proofSchema>,
    @Headers('authorization') authorization?: string,
  ) {
    const device = orThrow(await this.access.authenticate(authorization));
    return visitView(orThrow(await this.phones.prove(device, id, proof)), this.clock.now());
  }

  @Delete('me/visits/:id')
  @HttpCode(204)
  @Open(REASON)
  @ApiDoc({ summary: 'End a visit: the visitor is forgotten here', tags, responses: { 204: null } })
  async end(@ValidParams(visitIdSchema) { id }: VisitId, @Headers('authorization') authorization?: string) {
    await this.visits.end(orThrow(await this.access.authenticate(authorization)), id);
  }

  @Post('me/visits/:id/hand-over')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open(REASON)
  @ApiDoc({ summary: "A one-time QR code for the visitor's phone", tags, responses: { 201: handOverSchema } })
  async offer(
    @ValidParams(visitIdSchema) { id }: VisitId,
    @ValidBody(offerSchema.nullish()) body: z.output<typeof offerSchema> | null | undefined,
    @Headers('authorization') authorization?: string,
  ) {
    const device = orThrow(await this.access.authenticate(authorization));
    const { code, expiresAt } = orThrow(await this.visits.offer(device, id, body?.carried));
    // Behind the #, so that no server and no log on the way reads it.
    const url = `${new URL('/kiosk/continue', this.config.publicUrl).href}#${code}`;
    return { url, code, expiresAt: expiresAt.toISOString() };
  }

  @Post('hand-overs')
  @HttpCode(200)
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Allow('public', { scope: 'events:write' })
  @ApiDoc({ summary: 'Go on with a visit on a phone, once', tags, responses: { 200: takenSchema } })
  async take(@ValidBody(takeSchema) { code }: z.output<typeof takeSchema>, @Caller() { source }: Principal) {
    return takenView(orThrow(await this.visits.take(code, source)), this.clock.now());
  }
}
