import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { type DataSubject, valuesOf } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** Reports that wait to be worked off, and what is known of the person's addresses. */
@Injectable()
export class FactPersonalData extends PersonalDataHolder {
  readonly scope = 'facts';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const states = await this.database.query(
      'SELECT * FROM address_state WHERE address = ANY($1) ORDER BY channel, address',
      [valuesOf(subject)],
    );
    for (const data of states) yield { kind: 'address', data };
    const facts = await this.database.query(
      `SELECT id, connector, kind, heard_at, fact FROM connector_fact
       WHERE done_at IS NULL AND fact->>'address' = ANY($1) ORDER BY id`,
      [valuesOf(subject)],
    );
    for (const data of facts) yield { kind: 'report of a provider', data };
  }

  /** A refusal outlives the person as a keyed hash on the do-not-contact list; the address itself goes. */
  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const states = await tx.query('DELETE FROM address_state WHERE address = ANY($1) RETURNING 1', [
      valuesOf(subject),
    ]);
    const facts = await tx.query(
      `DELETE FROM connector_fact WHERE done_at IS NULL
         AND (fact->>'address' = ANY($1) OR fact->>'number' = ANY($1) OR fact->'event'->>'userId' = ANY($1)
           OR fact->'event'->>'anonymousId' = ANY($1)) RETURNING 1`,
      [valuesOf(subject)],
    );
    return states.length + facts.length;
  }
}
