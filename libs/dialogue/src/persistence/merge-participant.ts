import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipant, MergeParticipants, type ProfileSplit } from '@repartee/identity';
import { Database, type Transaction } from '@repartee/platform';

/** A conversation goes where everything goes that was said in it by the person. */
@Injectable()
export class DialogueMerges extends MergeParticipant {
  readonly scope = 'dialogue';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
  ) {
    super(participants);
  }

  override async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const [row] = await this.database.query<{ dialogues: number }>(
      'SELECT count(*)::int AS dialogues FROM dialogue WHERE profile_id = ANY($1::uuid[])',
      [profileIds],
    );
    return { dialogues: row?.dialogues ?? 0 };
  }

  override merge(): Promise<void> {
    return Promise.resolve();
  }

  override async split(tx: Transaction, { from, to, events }: ProfileSplit): Promise<void> {
    await tx.query(
      `UPDATE dialogue SET profile_id = $2 WHERE profile_id = $1
         AND EXISTS (SELECT 1 FROM dialogue_turn t WHERE t.dialogue_id = dialogue.id AND t.id = ANY($3::uuid[]))
         AND NOT EXISTS (SELECT 1 FROM dialogue_turn t WHERE t.dialogue_id = dialogue.id AND t.speaker = 'person'
           AND t.id <> ALL($3::uuid[]))`,
      [from, to, events],
    );
  }
}
