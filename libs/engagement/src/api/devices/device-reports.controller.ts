import { Controller, Headers, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { eventSchema, MAX_BATCH_EVENTS } from '@repartee/contracts';
import { Ingest } from '@repartee/ingestion';
import {
  ApiDoc,
  BodyLimit,
  Clock,
  IgnoresIdempotencyKey,
  Open,
  orThrow,
  ValidBody,
} from '@repartee/platform';
import { z } from 'zod';
import { type Device, DeviceStore } from '../../persistence/devices/device-store.js';
import { DeviceAccess } from './device-access.js';
import { healthSchema } from './device-schemas.js';

const REASON = 'the device credential in the Authorization header says who asks';
const BODY_LIMIT = 520 * 1024;
const tags = ['Kiosk'];

const batchSchema = z.strictObject({
  batch: z.array(z.unknown()).max(MAX_BATCH_EVENTS).describe('Events as `POST /v1/batch` takes them'),
  sentAt: z.string().max(40).optional().describe("The device's own time: corrects its events' times"),
});

/** What kiosks report: what happened before them, long ago perhaps, and how they are. */
@Controller('v1/devices/me')
export class DeviceReportsController {
  constructor(
    @Inject(DeviceAccess) private readonly access: DeviceAccess,
    @Inject(DeviceStore) private readonly devices: DeviceStore,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post('events')
  @HttpCode(200)
  @BodyLimit(BODY_LIMIT)
  @IgnoresIdempotencyKey()
  @Open(REASON)
  @ApiDoc({
    summary: 'Events of visits, in their order; 200 means durable, and a `messageId` counts once',
    tags,
    body: batchSchema.extend({ batch: z.array(eventSchema) }),
    responses: { 200: z.object({ success: z.boolean() }) },
  })
  async events(
    @ValidBody(batchSchema) body: z.output<typeof batchSchema>,
    @Headers('authorization') authorization?: string,
  ) {
    const device = orThrow(await this.access.authenticate(authorization));
    // Nobody vouches for what a screen in a public place says.
    orThrow(await this.ingest.batch({ caller: speakerOf(device), body, text: '' }));
    return { success: true };
  }

  @Put('health')
  @HttpCode(204)
  @Open(REASON)
  @ApiDoc({ summary: 'How the device is, once a minute', tags, responses: { 204: null } })
  async health(
    @ValidBody(healthSchema) health: z.output<typeof healthSchema>,
    @Headers('authorization') authorization?: string,
  ): Promise<void> {
    const device = orThrow(await this.access.authenticate(authorization));
    await this.devices.note(device.id, { ...health, at: new Date(this.clock.now()).toISOString() });
  }
}

function speakerOf({ id, source }: Device) {
  return { kind: 'public', keyId: `device:${id}`, source, scopes: [] } as const;
}
