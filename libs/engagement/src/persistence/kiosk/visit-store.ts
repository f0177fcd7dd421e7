import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';

const SWEEP = 60_000;

/** One visitor before one kiosk. */
export interface Visit {
  id: string;
  deviceId: string;
  anonymousId: string;
  begunBy: string;
  begunAt: Date;
  /** When it ends unless somebody touches the screen. */
  idleAt: Date;
  /** `namespace:value` that the visitor proved; null while nobody knows who it is. */
  proved: string | null;
}

/** A visit that a phone takes away from its kiosk. */
export interface TakenFromKiosk extends Visit {
  source: string;
  zones: string[];
  carried: unknown;
}

const COLUMNS = `id, device_id AS "deviceId", anonymous_id AS "anonymousId", begun_by AS "begunBy",
  begun_at AS "begunAt", idle_at AS "idleAt", proved`;

/** Who is before which kiosk, and the codes by which they take the conversation along. */
@Injectable()
export class VisitStore implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting visits of kiosks', async () => {
      await this.database.query('DELETE FROM kiosk_visit WHERE idle_at <= $1', [this.now()]);
      await this.database.query('DELETE FROM kiosk_hand_over WHERE expires_at <= $1', [this.now()]);
    });
  }

  /** Begins a visit; the one before it on this device is forgotten. */
  async begin(visit: Visit): Promise<void> {
    await this.database.query(
      `INSERT INTO kiosk_visit (id, device_id, anonymous_id, begun_by, begun_at, idle_at, proved)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (device_id) DO UPDATE SET id = excluded.id, anonymous_id = excluded.anonymous_id,
         begun_by = excluded.begun_by, begun_at = excluded.begun_at, idle_at = excluded.idle_at,
         proved = excluded.proved`,
      [
        ...[visit.id, visit.deviceId, visit.anonymousId, visit.begunBy],
        ...[visit.begunAt, visit.idleAt, visit.proved],
      ],
    );
  }

  /**
   * Somebody is still there.
   * @param proved what they proved just now
   * @returns undefined when the visit has ended
   */
  async touch(deviceId: string, id: string, idleAt: Date, proved?: string): Promise<Visit | undefined> {
    const [visit] = await this.database.query<Visit>(
      `UPDATE kiosk_visit SET idle_at = $3, proved = coalesce($5, proved)
       WHERE device_id = $1 AND id = $2 AND idle_at > $4 RETURNING ${COLUMNS}`,
      [deviceId, id, idleAt, this.now(), proved ?? null],
    );
    return visit;
  }

  /** When a visit ends, without keeping it alive. @returns undefined when it has ended */
  async idleAt(deviceId: string, id: string): Promise<Date | undefined> {
    const [visit] = await this.database.query<{ idleAt: Date }>(
      `SELECT idle_at AS "idleAt" FROM kiosk_visit WHERE device_id = $1 AND id = $2 AND idle_at > $3`,
      [deviceId, id, this.now()],
    );
    return visit?.idleAt;
  }

  /** Forgets who was there. @returns false when it had ended */
  async end(deviceId: string, id: string): Promise<boolean> {
    const ended = await this.database.query(
      'DELETE FROM kiosk_visit WHERE device_id = $1 AND id = $2 RETURNING 1',
      [deviceId, id],
    );
    return ended.length === 1;
  }

  /** A new code for a visit; the one before it is void. */
  async offer(
    visitId: string,
    { digest, expiresAt, carried }: { digest: string; expiresAt: Date; carried: unknown },
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO kiosk_hand_over (digest, visit_id, expires_at, carried) VALUES ($1, $2, $3, $4)
       ON CONFLICT (visit_id) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at,
         carried = excluded.carried`,
      [digest, visitId, expiresAt, carried === null ? null : JSON.stringify(carried)],
    );
  }

  /** Takes a visit away from its kiosk, once. @returns undefined when the code or its visit is over */
  async take(tx: Transaction, digest: string): Promise<TakenFromKiosk | undefined> {
    const [taken] = await tx.query<{ visit_id: string; carried: unknown }>(
      'DELETE FROM kiosk_hand_over WHERE digest = $1 AND expires_at > $2 RETURNING visit_id, carried',
      [digest, this.now()],
    );
    if (!taken) return undefined;
    const [visit] = await tx.query<Omit<TakenFromKiosk, 'carried'>>(
      `DELETE FROM kiosk_visit v USING device d
       WHERE d.id = v.device_id AND d.revoked_at IS NULL AND v.id = $1 AND v.idle_at > $2
       RETURNING v.id, v.device_id AS "deviceId", v.anonymous_id AS "anonymousId", v.begun_by AS "begunBy",
         v.begun_at AS "begunAt", v.idle_at AS "idleAt", v.proved, d.source, d.zones`,
      [taken.visit_id, this.now()],
    );
    return visit && { ...visit, carried: taken.carried };
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
