import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { type DataSubject, profilesAndValues } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import { NegotiationStore } from './negotiation-store.js';
import { Rosters } from './rosters.js';
import { ERASED_RECEIPT, personOf } from '../domain/index.js';

/** Receipts of the person's profiles, and of their devices before anybody knew whose they were. */
const THEIRS = `(profile_id = ANY($1::uuid[]) OR (profile_id IS NULL AND receipt->>'a' = ANY($2)))`;

/** What hard caps count by person: under profiles, and under devices nobody was known of. */
function people(subject: DataSubject): string[] {
  const [profileIds, devices] = profilesAndValues(subject, 'anonymous_id');
  return [...profileIds, ...devices.map((device) => personOf(null, device, ''))];
}

/** Receipts of decisions. An erased one keeps its id and time, so that asking for it is answered with "gone". */
@Injectable()
export class DecisioningPersonalData extends PersonalDataHolder {
  readonly scope = 'decisioning';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
    @Inject(NegotiationStore) private readonly negotiations: NegotiationStore,
    @Inject(Rosters) private readonly rosters: Rosters,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const receipts = await this.database.query<{ receipt: unknown }>(
      `SELECT receipt FROM decision_receipt WHERE ${THEIRS} ORDER BY at, id`,
      profilesAndValues(subject, 'anonymous_id'),
    );
    for (const counter of await this.counters(subject)) yield { kind: 'cap', data: counter };
    for (const data of await this.negotiations.of(subject.profileIds)) yield { kind: 'negotiation', data };
    for (const { receipt } of receipts) yield { kind: 'decision', data: await this.rosters.read(receipt) };
  }

  private counters(subject: DataSubject): Promise<Record<string, unknown>[]> {
    return this.database.query(
      'SELECT cap, bucket, used FROM cap_counter WHERE person = ANY($1) ORDER BY cap, bucket',
      [people(subject)],
    );
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const gone = await tx.query(
      `UPDATE decision_receipt SET profile_id = NULL, receipt = $3 WHERE ${THEIRS} RETURNING 1`,
      [...profilesAndValues(subject, 'anonymous_id'), ERASED_RECEIPT],
    );
    await tx.query('DELETE FROM cap_reservation WHERE person = ANY($1)', [people(subject)]);
    await tx.query('DELETE FROM cap_counter WHERE person = ANY($1)', [people(subject)]);
    await this.negotiations.forget(tx, subject.profileIds);
    return gone.length;
  }
}
