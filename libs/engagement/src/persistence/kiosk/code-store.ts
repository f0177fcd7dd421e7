import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, newId } from '@repartee/platform';
import { hash } from 'node:crypto';

const SWEEP = 60_000;
/** Milliseconds over which codes are counted, and for which they are kept. */
const COUNTED = 3_600_000;
/** Codes within that time: to one number, from one device. */
const TO_ONE_NUMBER = 3;
const FROM_ONE_DEVICE = 60;
/** Milliseconds in which a code may be typed. */
export const CODE_LIFETIME = 5 * 60_000;
/** Wrong codes after which a right one counts no more. */
export const CODE_TRIES = 5;

/** How a number is counted without being kept. */
export function phoneDigestOf(phone: string): string {
  return hash('sha256', `kiosk:${phone}`, 'base64url');
}

interface NewCode {
  visitId: string;
  deviceId: string;
  phoneDigest: string;
  digest: string;
}

/** Codes that were sent to visitors' numbers. */
@Injectable()
export class CodeStore implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting codes of kiosks', async () => {
      await this.database.query('DELETE FROM kiosk_code WHERE sent_at <= $1', [this.ago(COUNTED)]);
    });
  }

  /** Notes a code; the visit's one before is void. @returns false when too many were sent of late */
  async add({ visitId, deviceId, phoneDigest, digest }: NewCode): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Two at once must not both find room: one waits for the other here.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`kiosk_code:${phoneDigest}`]);
      const added = await tx.query(
        `INSERT INTO kiosk_code (id, visit_id, device_id, phone_digest, digest, tries_left, sent_at)
         SELECT $1, $2, $3, $4, $5, ${CODE_TRIES}, $6
         FROM (SELECT count(*) FILTER (WHERE phone_digest = $4) AS here,
                      count(*) FILTER (WHERE device_id = $3) AS there
               FROM kiosk_code WHERE (phone_digest = $4 OR device_id = $3) AND sent_at > $7) counted
         WHERE counted.here < ${TO_ONE_NUMBER} AND counted.there < ${FROM_ONE_DEVICE} RETURNING 1`,
        [newId(), visitId, deviceId, phoneDigest, digest, new Date(this.clock.now()), this.ago(COUNTED)],
      );
      return added.length === 1;
    });
  }

  /**
   * Takes one try at the visit's latest code.
   * @returns what the right one looks like; undefined when it is over or there are no tries left
   */
  async attempt(visitId: string): Promise<{ id: string; digest: string; triesLeft: number } | undefined> {
    const [tried] = await this.database.query<{ id: string; digest: string; triesLeft: number }>(
      `UPDATE kiosk_code SET tries_left = tries_left - 1
       WHERE tries_left > 0 AND sent_at > $2
         AND id = (SELECT id FROM kiosk_code WHERE visit_id = $1 ORDER BY sent_at DESC, id DESC LIMIT 1)
       RETURNING id, digest, tries_left AS "triesLeft"`,
      [visitId, this.ago(CODE_LIFETIME)],
    );
    return tried;
  }

  /** The code was right: it counts no more. @returns false when somebody used it just before */
  async use(id: string): Promise<boolean> {
    const used = await this.database.query(
      `UPDATE kiosk_code SET tries_left = 0, digest = '' WHERE id = $1 AND digest <> '' RETURNING 1`,
      [id],
    );
    return used.length === 1;
  }

  private ago(milliseconds: number): Date {
    return new Date(this.clock.now() - milliseconds);
  }
}
