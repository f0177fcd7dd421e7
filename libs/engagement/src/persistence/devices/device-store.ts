import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';

/** What a kiosk last said of itself. */
export interface DeviceHealth {
  version: string;
  waiting: number;
  oldestWaitingAt: string | null;
  offlineSeconds: number;
  at: string;
}

/** A kiosk as administrators named it. */
export interface Device {
  id: string;
  name: string;
  place: string;
  zones: string[];
  source: string;
  idleSeconds: number;
  approvedBy: string;
  createdAt: Date;
  lastSeenAt: Date | null;
  health: DeviceHealth | null;
  revokedAt: Date | null;
  revokedBy: string | null;
}

/** A device and the credential it showed. */
export interface ShownCredential {
  device: Device;
  digest: string;
  usedAt: Date | null;
  replacedAt: Date | null;
}

const COLUMNS = `d.id, d.name, d.place, d.zones, d.source, d.idle_seconds AS "idleSeconds",
  d.approved_by AS "approvedBy", d.created_at AS "createdAt", d.last_seen_at AS "lastSeenAt", d.health,
  d.revoked_at AS "revokedAt", d.revoked_by AS "revokedBy"`;

const SWEEP = 3_600_000;
/** Milliseconds for which a replaced credential is remembered, to notice who shows it again: 90 days. */
const REMEMBERED = 90 * 86_400_000;

/** Devices and their credentials. */
@Injectable()
export class DeviceStore implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting replaced credentials of devices', async () => {
      await this.database.query('DELETE FROM device_credential WHERE replaced_at < $1', [
        new Date(this.clock.now() - REMEMBERED),
      ]);
    });
  }

  async add(
    tx: Transaction,
    device: Omit<Device, 'lastSeenAt' | 'health' | 'revokedAt' | 'revokedBy'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO device (id, name, place, zones, source, idle_seconds, approved_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[device.id, device.name, device.place, device.zones, device.source],
        ...[device.idleSeconds, device.approvedBy, device.createdAt],
      ],
    );
  }

  async find(tx: Transaction, id: string): Promise<Device | undefined> {
    const [device] = await tx.query<Device>(`SELECT ${COLUMNS} FROM device d WHERE id = $1`, [id]);
    return device;
  }

  async get(id: string): Promise<Device | undefined> {
    const [device] = await this.database.query<Device>(`SELECT ${COLUMNS} FROM device d WHERE id = $1`, [id]);
    return device;
  }

  /** By id, from behind a cursor. */
  list(after: string | undefined, limit: number): Promise<Device[]> {
    return this.database.query<Device>(
      `SELECT ${COLUMNS} FROM device d WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [after ?? null, limit],
    );
  }

  async shown(digest: string): Promise<ShownCredential | undefined> {
    const [row] = await this.database.query<Device & Omit<ShownCredential, 'device'>>(
      `SELECT ${COLUMNS}, c.digest, c.used_at AS "usedAt", c.replaced_at AS "replacedAt"
       FROM device_credential c JOIN device d ON d.id = c.device_id WHERE c.digest = $1`,
      [digest],
    );
    if (!row) return undefined;
    const { digest: own, usedAt, replacedAt, ...device } = row;
    return { device, digest: own, usedAt, replacedAt };
  }

  /** A new credential; one that was made before and never shown is void. */
  async credit(tx: Transaction, deviceId: string, digest: string, at: Date): Promise<void> {
    // Two at once must not both stay unused: one waits for the other here.
    await tx.query('SELECT 1 FROM device WHERE id = $1 FOR UPDATE', [deviceId]);
    await tx.query('DELETE FROM device_credential WHERE device_id = $1 AND used_at IS NULL', [deviceId]);
    await tx.query('INSERT INTO device_credential (digest, device_id, created_at) VALUES ($1, $2, $3)', [
      digest,
      deviceId,
      at,
    ]);
  }

  /** The first use of a credential: every other one of the device is replaced by it. */
  async begin(tx: Transaction, deviceId: string, digest: string, at: Date): Promise<void> {
    const begun = await tx.query(
      'UPDATE device_credential SET used_at = $2 WHERE digest = $1 AND used_at IS NULL RETURNING 1',
      [digest, at],
    );
    if (begun.length === 0) return;
    await tx.query(
      `UPDATE device_credential SET replaced_at = $3
       WHERE device_id = $1 AND digest <> $2 AND used_at IS NOT NULL AND replaced_at IS NULL`,
      [deviceId, digest, at],
    );
  }

  async seen(deviceId: string, at: Date, since: Date): Promise<void> {
    await this.database.query(
      'UPDATE device SET last_seen_at = $2 WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < $3)',
      [deviceId, at, since],
    );
  }

  async note(deviceId: string, health: DeviceHealth): Promise<void> {
    await this.database.query('UPDATE device SET health = $2 WHERE id = $1', [
      deviceId,
      JSON.stringify(health),
    ]);
  }

  /** Shuts a device out, with all it holds. @returns false when there is none that is not already */
  async revoke(id: string, at: Date, by: string): Promise<boolean> {
    const revoked = await this.database.query(
      'UPDATE device SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL RETURNING 1',
      [id, at, by],
    );
    return revoked.length === 1;
  }
}
