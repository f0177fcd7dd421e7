import { Inject, Injectable } from '@nestjs/common';
import {
  type ExportedRecord,
  PersonalDataHolder,
  PersonalDataHolders,
  RetainedData,
  RetainedTable,
} from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** People that studies have for examples. */
@Injectable()
export class StudyPersonalData extends PersonalDataHolder {
  readonly scope = 'decisioning-studies';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const rows = await this.database.query(
      `SELECT study_id AS "studyId", change FROM decision_study_change
        WHERE profile_id = ANY($1::uuid[]) ORDER BY study_id, place`,
      [profileIds],
    );
    for (const data of rows) yield { kind: 'simulated-decision', data };
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    const gone = await tx.query(
      'DELETE FROM decision_study_change WHERE profile_id = ANY($1::uuid[]) RETURNING 1',
      [profileIds],
    );
    return gone.length;
  }
}

/** Studies end when rules say so, with their examples. */
@Injectable()
export class RetainedStudies {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    data.register(
      new RetainedTable(database, {
        kind: 'simulations',
        table: 'decision_study',
        key: ['id'],
        at: 'created_at',
        with: { table: 'decision_study_change', column: 'study_id' },
      }),
    );
  }
}
