import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import { ERASED_RECEIPT, readReceipt } from '../domain/index.js';

/** Receipts of the person's profiles, and of their devices before anybody knew whose they were. */
const THEIRS = `(profile_id = ANY($1::uuid[]) OR (profile_id IS NULL AND receipt->>'a' = ANY($2)))`;

function parameters({ profileIds, identifiers }: DataSubject): unknown[] {
  const devices = identifiers.filter(({ namespace }) => namespace === 'anonymous_id');
  return [profileIds, devices.map(({ value }) => value)];
}

/** Receipts of decisions. An erased one keeps its id and time, so that asking for it is answered with "gone". */
@Injectable()
export class DecisioningPersonalData extends PersonalDataHolder {
  readonly scope = 'decisioning';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const receipts = await this.database.query<{ receipt: unknown }>(
      `SELECT receipt FROM decision_receipt WHERE ${THEIRS} ORDER BY at, id`,
      parameters(subject),
    );
    for (const { receipt } of receipts) yield { kind: 'decision', data: readReceipt(receipt) };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const gone = await tx.query(
      `UPDATE decision_receipt SET profile_id = NULL, receipt = $3 WHERE ${THEIRS} RETURNING 1`,
      [...parameters(subject), ERASED_RECEIPT],
    );
    return gone.length;
  }
}
