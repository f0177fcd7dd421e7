import { Controller, Delete, Get, Header, Headers, HttpCode, Inject, Ip, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import {
  ApiDoc,
  Clock,
  IgnoresIdempotencyKey,
  Open,
  orThrow,
  ValidBody,
  ValidParams,
  ValidQuery,
} from '@repartee/platform';
import type { z } from 'zod';
import { DeviceStore } from '../../persistence/devices/device-store.js';
import { PhoneVisits } from '../kiosk/phone-visits.js';
import { DeviceAccess } from './device-access.js';
import {
  type Approval,
  approvalSchema,
  codeSchema,
  deviceIdSchema,
  deviceListSchema,
  devicePageSchema,
  deviceSchema,
  deviceView,
  ownDeviceSchema,
  pairingSchema,
  pollSchema,
  rotatedSchema,
} from './device-schemas.js';
import { bearerOf } from './device-secrets.js';
import { Pairings } from './pairings.js';

const POLL_SECONDS = 3;
const tags = ['Kiosk'];

/** `/v1/devices`. Answers that hold a secret are not kept for `Idempotency-Key`. */
@Controller('v1/devices')
export class DevicesController {
  constructor(
    @Inject(Pairings) private readonly pairings: Pairings,
    @Inject(DeviceStore) private readonly devices: DeviceStore,
    @Inject(DeviceAccess) private readonly access: DeviceAccess,
    @Inject(PhoneVisits) private readonly phones: PhoneVisits,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post('pairings')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open('asked by kiosks that nobody knows yet')
  @ApiDoc({
    summary: 'Ask to be let in: a code for people, a token to poll with',
    tags,
    responses: { 201: pairingSchema },
  })
  async ask(@Ip() address: string) {
    const { expiresAt, ...pairing } = orThrow(await this.pairings.open(address));
    return { ...pairing, expiresAt: expiresAt.toISOString(), pollSeconds: POLL_SECONDS };
  }

  @Post('pairings/poll')
  @HttpCode(200)
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open('the poll token in the Authorization header says who asks')
  @ApiDoc({
    summary: 'Fetch the credential once somebody has typed the code',
    tags,
    responses: { 200: pollSchema },
  })
  async poll(@Headers('authorization') authorization?: string) {
    const fetched = orThrow(await this.pairings.fetch(bearerOf(authorization)));
    if (!fetched) return { status: 'pending' };
    return { status: 'approved', device: deviceView(fetched.device), credential: fetched.credential };
  }

  @Post('pairings/:code/approve')
  @Allow('admin')
  @ApiDoc({ summary: 'Let in the device that shows this code', tags, responses: { 201: deviceSchema } })
  async approve(
    @ValidParams(codeSchema) { code }: z.output<typeof codeSchema>,
    @ValidBody(approvalSchema) approval: Approval,
    @Caller() caller: Principal,
  ) {
    return deviceView(orThrow(await this.pairings.approve(code, approval, caller)));
  }

  @Get()
  @Allow('admin')
  @ApiDoc({ summary: 'List devices', tags, responses: { 200: devicePageSchema } })
  async list(@ValidQuery(deviceListSchema) { cursor, limit }: z.output<typeof deviceListSchema>) {
    const found = await this.devices.list(cursor, limit + 1);
    const items = found.slice(0, limit);
    return {
      items: items.map(deviceView),
      nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('admin')
  @ApiDoc({ summary: 'Shut a device out, at once', tags, responses: { 204: null } })
  async revoke(
    @ValidParams(deviceIdSchema) { id }: z.output<typeof deviceIdSchema>,
    @Caller() caller: Principal,
  ): Promise<void> {
    if (!(await this.devices.revoke(id, new Date(this.clock.now()), caller.keyId)))
      orThrow(fail(failure('DEVICE.NOT_FOUND', 'No device that is let in has this id.')));
  }

  @Get('me')
  @Open('the device credential in the Authorization header says who asks')
  @ApiDoc({ summary: 'What a device is called and may show', tags, responses: { 200: ownDeviceSchema } })
  async me(@Headers('authorization') authorization?: string) {
    const device = deviceView(orThrow(await this.access.authenticate(authorization)));
    return { ...device, phoneCodes: this.phones.offered() };
  }

  @Post('me/rotate')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @Open('the device credential in the Authorization header says who asks')
  @ApiDoc({ summary: "A device's next credential", tags, responses: { 201: rotatedSchema } })
  async rotate(@Headers('authorization') authorization?: string) {
    const device = orThrow(await this.access.authenticate(authorization));
    return { credential: await this.access.rotate(device) };
  }
}
