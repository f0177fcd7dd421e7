import { Inject, Injectable } from '@nestjs/common';
import type { EventReference } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import type { LoggedEvent } from '../domain/logged-event.js';

/** An event with whom it is about. */
export interface HeldEvent {
  event: Pick<LoggedEvent, 'id' | 'receivedAt' | 'lane'>;
  profileId: string;
}

/** Events of the log that wait until the person they are about lets their data be used again. */
@Injectable()
export class HeldEvents {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Holds events back, in the transaction that takes them out of their lanes. */
  async hold(tx: Transaction, held: readonly HeldEvent[]): Promise<void> {
    if (held.length === 0) return;
    await tx.query(
      `INSERT INTO event_held (id, received_at, lane, profile_id)
       SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::smallint[], $4::uuid[]) ON CONFLICT DO NOTHING`,
      [
        held.map(({ event }) => event.id),
        held.map(({ event }) => new Date(event.receivedAt)),
        held.map(({ event }) => event.lane),
        held.map(({ profileId }) => profileId),
      ],
    );
  }

  /** Puts what was held back of these profiles into the lanes again, as late: they are news no more. */
  async release(tx: Pick<Transaction, 'query'>, profileIds: readonly string[]): Promise<void> {
    await tx.query(
      `WITH freed AS (DELETE FROM event_held WHERE profile_id = ANY($1::uuid[]) RETURNING id, received_at, lane)
       INSERT INTO event_pending (id, received_at, lane, late)
       SELECT freed.id, freed.received_at, freed.lane, true FROM freed
       JOIN event_log e ON e.received_at = freed.received_at AND e.id = freed.id ON CONFLICT DO NOTHING`,
      [profileIds],
    );
  }

  /** Of whom events are held back. */
  async profiles(): Promise<string[]> {
    const rows = await this.database.query<{ profile_id: string }>(
      'SELECT DISTINCT profile_id FROM event_held',
    );
    return rows.map((row) => row.profile_id);
  }

  /** What is held back of these profiles. */
  async of(from: Pick<Transaction, 'query'>, profileIds: readonly string[]): Promise<EventReference[]> {
    const rows = await from.query<{ id: string; received_at: Date }>(
      'SELECT id, received_at FROM event_held WHERE profile_id = ANY($1::uuid[])',
      [profileIds],
    );
    return rows.map(({ id, received_at }) => ({ id, receivedAt: received_at.getTime() }));
  }

  async forget(tx: Transaction, profileIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM event_held WHERE profile_id = ANY($1::uuid[])', [profileIds]);
  }
}
