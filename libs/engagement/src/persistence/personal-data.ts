import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

function devicesOf({ identifiers }: DataSubject): string[] {
  return identifiers.flatMap(({ namespace, value }) => (namespace === 'anonymous_id' ? [value] : []));
}

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
      'SELECT * FROM kiosk_visit WHERE anonymous_id = ANY($1::text[]) ORDER BY id',
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
    const visits = await tx.query(
      'DELETE FROM kiosk_visit WHERE anonymous_id = ANY($1::text[]) RETURNING 1',
      [devices],
    );
    return visits.length + subscriptions.length + present.length + offers.length;
  }
}
