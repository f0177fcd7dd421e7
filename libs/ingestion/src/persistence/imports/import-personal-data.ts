import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** Text as it came: that it holds a spelling is enough. */
const NAMED = `EXISTS (SELECT 1 FROM unnest($1::text[]) AS t(text) WHERE position(t.text IN lower(raw)) > 0)`;

interface Held {
  import_id: string;
  line: string;
  reason: string;
  raw: string;
}

/** Rejected rows, and events of imports that wait to be processed. */
@Injectable()
export class ImportPersonalData extends PersonalDataHolder {
  readonly scope = 'imports';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const held = await this.database.query<Held>(
      `SELECT import_id, line, reason, raw FROM import_refusal WHERE ${NAMED} ORDER BY import_id, line`,
      [[...subject.spellings]],
    );
    for (const { import_id, line, reason, raw } of held)
      yield { kind: 'rejected row', data: { import: import_id, line: Number(line), reason, raw } };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const gone = await tx.query(`DELETE FROM import_refusal WHERE ${NAMED} RETURNING 1`, [
      [...subject.spellings],
    ]);
    await tx.query('DELETE FROM import_pending WHERE id = ANY($1::uuid[])', [
      subject.events.map(({ id }) => id),
    ]);
    return gone.length;
  }
}
