import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, newId } from '@repartee/platform';
import { randomBytes } from 'node:crypto';
import { CODE_BYTES, formatCode, readCode } from '../../domain/devices/index.js';
import { type Device, DeviceStore } from '../../persistence/devices/device-store.js';
import { PairingStore } from '../../persistence/devices/pairing-store.js';
import type { Approval } from './device-schemas.js';
import { digestOf, newCredential, newPollToken } from './device-secrets.js';

/** Milliseconds in which somebody must type the code and the kiosk must fetch its credential. */
export const PAIRING_LIFETIME = 10 * 60_000;

/** How an unknown kiosk becomes a known device. */
@Injectable()
export class Pairings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PairingStore) private readonly pairings: PairingStore,
    @Inject(DeviceStore) private readonly devices: DeviceStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Fails with DEVICE.TOO_MANY_PAIRINGS. @param address where the kiosk asks from; only its digest is stored */
  async open(address: string): Promise<Result<{ code: string; pollToken: string; expiresAt: Date }>> {
    const code = formatCode(randomBytes(CODE_BYTES));
    const pollToken = newPollToken();
    const expiresAt = this.clock.now() + PAIRING_LIFETIME;
    const opened = await this.pairings.open({
      code,
      pollDigest: digestOf(pollToken),
      askedFrom: digestOf(address),
      expiresAt,
    });
    if (!opened) return fail(failure('DEVICE.TOO_MANY_PAIRINGS', 'Too many devices wait; try again later.'));
    return ok({ code, pollToken, expiresAt: new Date(expiresAt) });
  }

  /** Lets the kiosk in that shows this code. Fails with DEVICE.UNKNOWN_CODE. */
  async approve(typed: string, approval: Approval, by: Principal): Promise<Result<Device>> {
    const code = readCode(typed);
    const { name, place, zones, idleSeconds, source = by.source } = approval;
    const device = {
      ...{ id: newId(), name, place, zones, source, idleSeconds },
      approvedBy: by.keyId,
      createdAt: new Date(this.clock.now()),
    };
    const approved =
      code !== null &&
      (await this.database.transaction(async (tx) => {
        if (!(await this.pairings.approve(tx, code, device.id))) return false;
        await this.devices.add(tx, device);
        return true;
      }));
    if (!approved)
      return fail(failure('DEVICE.UNKNOWN_CODE', 'No device waits with this code; it lasts ten minutes.'));
    return ok({ ...device, lastSeenAt: null, health: null, revokedAt: null, revokedBy: null });
  }

  /** The credential, once; null while nobody has typed the code. Fails with DEVICE.INVALID_POLL_TOKEN. */
  async fetch(pollToken: string | undefined): Promise<Result<{ device: Device; credential: string } | null>> {
    const digest = digestOf(pollToken ?? '');
    return this.database.transaction(async (tx) => {
      const id = await this.pairings.deviceOf(tx, digest);
      if (id === null) return ok(null);
      const device = id === undefined ? undefined : await this.devices.find(tx, id);
      if (!device || device.revokedAt !== null)
        return fail(
          failure('DEVICE.INVALID_POLL_TOKEN', 'Nothing waits for this token; ask for a new code.'),
        );
      const credential = newCredential();
      await this.devices.credit(tx, device.id, digestOf(credential), new Date(this.clock.now()));
      await this.pairings.close(tx, digest);
      return ok({ device, credential });
    });
  }
}
