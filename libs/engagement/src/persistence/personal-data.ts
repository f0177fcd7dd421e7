import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { type DataSubject, valuesOf } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import { phoneDigestOf } from './kiosk/code-store.js';

const devicesOf = (subject: DataSubject): string[] => valuesOf(subject, 'anonymous_id');

/** Push subscriptions of the person's devices, and what was pushed to their open pages a moment ago. */
@Injectable()
export class EngagementPersonalData extends PersonalDataHolder {
  readonly scope = 'engagement';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const subscriptions = await this.database.query(
      `SELECT id, anonymous_id, source, endpoint, created_at FROM push_subscription
       WHERE anonymous_id = ANY($1::text[]) ORDER BY id`,
      [devicesOf(subject)],
    );
    for (const data of subscriptions) yield { kind: 'push subscription', data };
    const offers = await this.database.query(
      'SELECT * FROM session_offer WHERE profile_id = ANY($1::uuid[]) ORDER BY id',
      [subject.profileIds],
    );
    for (const data of offers) yield { kind: 'pushed offer', data };
    const visits = await this.database.query(
      `SELECT v.*, h.carried FROM kiosk_visit v LEFT JOIN kiosk_hand_over h ON h.visit_id = v.id
       WHERE v.anonymous_id = ANY($1::text[]) ORDER BY v.id`,
      [devicesOf(subject)],
    );
    for (const data of visits) yield { kind: 'visit of a kiosk', data };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const devices = devicesOf(subject);
    const subscriptions = await tx.query(
      'DELETE FROM push_subscription WHERE anonymous_id = ANY($1::text[]) RETURNING 1',
      [devices],
    );
    const present = await tx.query(
      'DELETE FROM session_presence WHERE anonymous_id = ANY($1::text[]) RETURNING 1',
      [devices],
    );
    const offers = await tx.query(
      'DELETE FROM session_offer WHERE profile_id = ANY($1::uuid[]) RETURNING 1',
      [subject.profileIds],
    );
    const visits = await tx.query<{ id: string }>(
      'DELETE FROM kiosk_visit WHERE anonymous_id = ANY($1::text[]) RETURNING id',
      [devices],
    );
    const ids = visits.map(({ id }) => id);
    await tx.query('DELETE FROM kiosk_hand_over WHERE visit_id = ANY($1::uuid[])', [ids]);
    await tx.query(
      'DELETE FROM kiosk_code WHERE visit_id = ANY($1::uuid[]) OR phone_digest = ANY($2::text[])',
      [ids, valuesOf(subject, 'phone').map(phoneDigestOf)],
    );
    return visits.length + subscriptions.length + present.length + offers.length;
  }
}
