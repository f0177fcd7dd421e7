import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** Messages to people, and every try to send them. */
@Injectable()
export class DeliveryPersonalData extends PersonalDataHolder {
  readonly scope = 'delivery';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const deliveries = await this.database.query(
      'SELECT * FROM delivery WHERE profile_id = ANY($1::uuid[]) ORDER BY id',
      [profileIds],
    );
    for (const data of deliveries) yield { kind: 'delivery', data };
    const attempts = await this.database.query(
      `SELECT a.* FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
       WHERE d.profile_id = ANY($1::uuid[]) ORDER BY a.delivery_id, a.number`,
      [profileIds],
    );
    for (const data of attempts) yield { kind: 'attempt to deliver', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const gone = await tx.query<{ id: string }>(
      'DELETE FROM delivery WHERE profile_id = ANY($1::uuid[]) RETURNING id',
      [profileIds],
    );
    const attempts = await tx.query(
      'DELETE FROM delivery_attempt WHERE delivery_id = ANY($1::uuid[]) RETURNING 1',
      [gone.map(({ id }) => id)],
    );
    return gone.length + attempts.length;
  }
}
