import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { DeviceStore } from '../../persistence/devices/device-store.js';

/** Lets kiosks ask for their own zones alone, and revoked ones for none. */
@Injectable()
export class DeviceZones {
  constructor(@Inject(DeviceStore) private readonly devices: DeviceStore) {}

  /**
   * Fails with DEVICE.UNAUTHENTICATED, DEVICE.ZONE_NOT_ALLOWED.
   * @param deviceId of the session that asks; undefined where it is no device's
   */
  async check(
    deviceId: string | undefined,
    { zones }: { zones: readonly { zone: string }[] },
  ): Promise<Result<void>> {
    if (deviceId === undefined) return ok(undefined);
    const device = await this.devices.get(deviceId);
    if (!device || device.revokedAt !== null)
      return fail(failure('DEVICE.UNAUTHENTICATED', 'The device is not paired, or no longer.'));
    const foreign = zones.find(({ zone }) => !device.zones.includes(zone));
    if (!foreign) return ok(undefined);
    return fail(failure('DEVICE.ZONE_NOT_ALLOWED', `The device may not show ${foreign.zone}.`));
  }
}
