import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** Free text, what was found in it, and the names people are searched by. */
@Injectable()
export class TextPersonalData extends PersonalDataHolder {
  readonly scope = 'text';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    const texts = await this.database.query(
      `SELECT x.event_id, x.part, x.kind, x.text FROM timeline_text x
       WHERE x.event_id IN (SELECT id FROM timeline_entry WHERE profile_id = ANY($1::uuid[]))
       ORDER BY x.event_id, x.part`,
      [profileIds],
    );
    for (const data of texts) yield { kind: 'text', data };
  }

  /** Goes before the timeline, which says whose each text is. Hints of the person in others' texts go too. */
  override async erase(tx: Transaction, { profileIds, identifiers }: DataSubject): Promise<number> {
    const theirs = 'event_id IN (SELECT id FROM timeline_entry WHERE profile_id = ANY($1::uuid[]))';
    const hints = await tx.query(
      `DELETE FROM entity_hint WHERE ${theirs} OR (namespace, value) IN (
         SELECT * FROM unnest($2::text[], $3::text[])) RETURNING 1`,
      [profileIds, identifiers.map((one) => one.namespace), identifiers.map((one) => one.value)],
    );
    const texts = await tx.query(`DELETE FROM timeline_text WHERE ${theirs} RETURNING 1`, [profileIds]);
    const names = await tx.query(
      'DELETE FROM profile_search WHERE profile_id = ANY($1::uuid[]) RETURNING 1',
      [profileIds],
    );
    await tx.query('DELETE FROM profile_edit WHERE profile_id = ANY($1::uuid[])', [profileIds]);
    return hints.length + texts.length + names.length;
  }
}
