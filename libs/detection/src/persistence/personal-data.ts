import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

const TABLES = [
  ['reaction that waits', 'reaction_timer', 'reaction'],
  ['reaction that went ahead', 'reaction_firing', 'reaction'],
  ['segment', 'segment_member', 'segment'],
] as const;

/** Reactions to what people did, and the segments they are in. */
@Injectable()
export class DetectionPersonalData extends PersonalDataHolder {
  readonly scope = 'detection';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export({ profileIds }: DataSubject): AsyncIterable<ExportedRecord> {
    for (const [kind, table, key] of TABLES) {
      const sql = `SELECT * FROM ${table} WHERE profile_id = ANY($1::uuid[]) ORDER BY ${key}`;
      for (const data of await this.database.query(sql, [profileIds])) yield { kind, data };
    }
  }

  override async erase(tx: Transaction, { profileIds }: DataSubject): Promise<number> {
    let records = 0;
    for (const [, table] of TABLES) {
      const sql = `DELETE FROM ${table} WHERE profile_id = ANY($1::uuid[]) RETURNING 1`;
      records += (await tx.query(sql, [profileIds])).length;
    }
    return records;
  }
}
