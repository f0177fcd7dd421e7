import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { type DataSubject, profilesAndValues } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

/** Conversations with the person, and those with their devices before anybody knew whose they were. */
const THEIRS = `(profile_id = ANY($1::uuid[]) OR (profile_id IS NULL AND anonymous_id = ANY($2)))`;

/** Conversations and what was said in them. */
@Injectable()
export class DialoguePersonalData extends PersonalDataHolder {
  readonly scope = 'dialogue';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const dialogues = await this.database.query(
      `SELECT * FROM dialogue WHERE ${THEIRS} ORDER BY opened_at, id`,
      profilesAndValues(subject, 'anonymous_id'),
    );
    for (const data of dialogues) yield { kind: 'dialogue', data };
    const turns = await this.database.query(
      `SELECT t.* FROM dialogue_turn t JOIN dialogue d ON d.id = t.dialogue_id WHERE ${THEIRS} ORDER BY t.at, t.id`,
      profilesAndValues(subject, 'anonymous_id'),
    );
    for (const data of turns) yield { kind: 'turn', data };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const gone = await tx.query<{ id: string }>(
      `DELETE FROM dialogue WHERE ${THEIRS} RETURNING id`,
      profilesAndValues(subject, 'anonymous_id'),
    );
    const turns = await tx.query(
      'DELETE FROM dialogue_turn WHERE dialogue_id = ANY($1::uuid[]) RETURNING 1',
      [gone.map(({ id }) => id)],
    );
    return gone.length + turns.length;
  }
}
