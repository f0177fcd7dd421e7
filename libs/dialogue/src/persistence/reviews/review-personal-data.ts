import { Inject, Injectable } from '@nestjs/common';
import {
  type ExportedRecord,
  PersonalDataHolder,
  PersonalDataHolders,
  RetainedData,
  RetainedTable,
} from '@repartee/governance';
import { type DataSubject, profilesAndValues } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** What the person wrote, also before anybody knew whose address it was. */
const THEIRS = '(profile_id = ANY($1::uuid[]) OR address = ANY($2))';

/** Messages of people that wait, or waited, for a human. */
@Injectable()
export class ReviewPersonalData extends PersonalDataHolder {
  readonly scope = 'inbound-reviews';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(RetainedData) retained: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
    retained.register(
      new RetainedTable(database, {
        kind: 'inbound-reviews',
        table: 'inbound_review',
        key: ['id'],
        at: 'at',
      }),
    );
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const reviews = await this.database.query(
      `SELECT * FROM inbound_review WHERE ${THEIRS} ORDER BY id`,
      profilesAndValues(subject),
    );
    for (const data of reviews) yield { kind: 'message received', data };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const gone = await tx.query(
      `DELETE FROM inbound_review WHERE ${THEIRS} RETURNING 1`,
      profilesAndValues(subject),
    );
    return gone.length;
  }
}
