import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { type DataSubject, profilesAndValues } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** Exposures of the person's profiles, and of their devices before anybody knew whose they were. */
const THEIR_EXPOSURES = `(person = ANY($1::uuid[]) OR profile_id = ANY($1::uuid[])
  OR (person IS NULL AND anonymous_id = ANY($2::text[])))`;

/** Which variations people met, and what they did then. */
@Injectable()
export class ExperimentPersonalData extends PersonalDataHolder {
  readonly scope = 'experiments';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const exposures = await this.database.query(
      `SELECT * FROM experiment_exposure WHERE ${THEIR_EXPOSURES} ORDER BY first_at, experiment`,
      profilesAndValues(subject, 'anonymous_id', 'user_id'),
    );
    for (const data of exposures) yield { kind: 'experiment exposure', data };
    const outcomes = await this.database.query(
      'SELECT * FROM experiment_outcome WHERE person = ANY($1::uuid[]) ORDER BY at, experiment, metric',
      [subject.profileIds],
    );
    for (const data of outcomes) yield { kind: 'experiment outcome', data };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const exposures = await tx.query(
      `DELETE FROM experiment_exposure WHERE ${THEIR_EXPOSURES} RETURNING 1`,
      profilesAndValues(subject, 'anonymous_id', 'user_id'),
    );
    const outcomes = await tx.query(
      'DELETE FROM experiment_outcome WHERE person = ANY($1::uuid[]) RETURNING 1',
      [subject.profileIds],
    );
    return exposures.length + outcomes.length;
  }
}
