import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database } from '@repartee/platform';
import { presentedAgain } from '../../domain/devices/index.js';
import { type Device, DeviceStore } from '../../persistence/devices/device-store.js';
import { bearerOf, digestOf, newCredential } from './device-secrets.js';

/** Milliseconds between two notes of when a device was last seen. */
const NOTE = 60_000;
/** How a device is revoked whose replaced credential was shown again. */
export const REUSE = 'reuse';

const REFUSED = fail(failure('DEVICE.UNAUTHENTICATED', 'The device is not paired, or no longer.'));

/** Lets paired devices in, and gives them new credentials. */
@Injectable()
export class DeviceAccess {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DeviceStore) private readonly devices: DeviceStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The device of an Authorization header. Fails with DEVICE.UNAUTHENTICATED. Whoever shows a credential that was
   * replaced a while ago makes known that two hold this device's credentials: the device is revoked.
   */
  async authenticate(authorization: string | undefined): Promise<Result<Device>> {
    const credential = bearerOf(authorization);
    const shown = credential === undefined ? undefined : await this.devices.shown(digestOf(credential));
    if (!shown || shown.device.revokedAt !== null) return REFUSED;
    const { device, digest } = shown;
    const now = this.clock.now();
    if (shown.replacedAt !== null) {
      if (presentedAgain(shown.replacedAt.getTime(), now))
        await this.devices.revoke(device.id, new Date(now), REUSE);
      return REFUSED;
    }
    if (shown.usedAt === null)
      await this.database.transaction((tx) => this.devices.begin(tx, device.id, digest, new Date(now)));
    await this.devices.seen(device.id, new Date(now), new Date(now - NOTE));
    return ok(device);
  }

  /** The next credential. The present one works until the next is first shown. */
  async rotate(device: Device): Promise<string> {
    const credential = newCredential();
    await this.database.transaction((tx) =>
      this.devices.credit(tx, device.id, digestOf(credential), new Date(this.clock.now())),
    );
    return credential;
  }
}
