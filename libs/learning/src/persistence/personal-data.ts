import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** What displays taught of a person. The log and the models that came of it name nobody, and stay. */
@Injectable()
export class LearningPersonalData extends PersonalDataHolder {
  readonly scope = 'learning';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const rows = await this.database.query(
      `SELECT decision_id AS "decisionId", offer, shown_at AS "shownAt", features, credit, earned FROM learning_presentation
        WHERE profile_id = ANY($1::uuid[]) ORDER BY decision_id, offer`,
      [profileIds],
    );
    for (const data of rows) yield { kind: 'presentation', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const gone = await tx.query(
      'DELETE FROM learning_presentation WHERE profile_id = ANY($1::uuid[]) RETURNING 1',
      [profileIds],
    );
    return gone.length;
  }
}
