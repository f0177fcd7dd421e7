import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';

const SWEEP = 60_000;
/** Pairings that may be open at once: in all, and from one address. */
const OPEN_AT_ONCE = 200;
const OPEN_FROM_ONE = 10;

interface NewPairing {
  code: string;
  pollDigest: string;
  /** Digest of the asker's address. */
  askedFrom: string;
  expiresAt: number;
}

/** Kiosks that wait for somebody to let them in. */
@Injectable()
export class PairingStore implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting pairings', async () => {
      await this.database.query('DELETE FROM device_pairing WHERE expires_at <= $1', [this.now()]);
    });
  }

  /** @returns false when too many are open, or the code is taken */
  async open({ code, pollDigest, askedFrom, expiresAt }: NewPairing): Promise<boolean> {
    const opened = await this.database.query(
      `INSERT INTO device_pairing (code, poll_digest, asked_from, expires_at)
       SELECT $1, $2, $3, $4
       FROM (SELECT count(*) AS open, count(*) FILTER (WHERE asked_from = $3) AS here
             FROM device_pairing WHERE expires_at > $5) counted
       WHERE counted.open < ${OPEN_AT_ONCE} AND counted.here < ${OPEN_FROM_ONE}
       ON CONFLICT DO NOTHING RETURNING 1`,
      [code, pollDigest, askedFrom, new Date(expiresAt), this.now()],
    );
    return opened.length === 1;
  }

  /** Ties a code to a device, once. @returns false when the code is unknown, used or has expired */
  async approve(tx: Transaction, code: string, deviceId: string): Promise<boolean> {
    const approved = await tx.query(
      `UPDATE device_pairing SET device_id = $2
       WHERE code = $1 AND device_id IS NULL AND expires_at > $3 RETURNING 1`,
      [code, deviceId, this.now()],
    );
    return approved.length === 1;
  }

  /** Whether a poll token waits: the device it was approved for, null until then, undefined when it is none. */
  async deviceOf(tx: Transaction, pollDigest: string): Promise<string | null | undefined> {
    const [row] = await tx.query<{ device_id: string | null }>(
      'SELECT device_id FROM device_pairing WHERE poll_digest = $1 AND expires_at > $2 FOR UPDATE',
      [pollDigest, this.now()],
    );
    return row?.device_id;
  }

  /** The credential was handed over: nobody fetches another. */
  async close(tx: Transaction, pollDigest: string): Promise<void> {
    await tx.query('DELETE FROM device_pairing WHERE poll_digest = $1', [pollDigest]);
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
