import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipant, MergeParticipants, type ProfileSplit } from '@repartee/identity';
import { Database, type Transaction } from '@repartee/platform';

/** Reactions that wait follow the person whose event started them; segments, until it is asked again, the survivor. */
@Injectable()
export class ReactionMerges extends MergeParticipant {
  readonly scope = 'detection';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
  ) {
    super(participants);
  }

  override async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const [row] = await this.database.query<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM reaction_timer WHERE profile_id = ANY($1::uuid[])',
      [profileIds],
    );
    return { waitingReactions: row?.waiting ?? 0 };
  }

  /** A timer leads to the survivor by its profile's id. Of two for one reaction the later is kept: she is one person. */
  override async merge(
    tx: Transaction,
    { survivor, merged }: { survivor: string; merged: string },
  ): Promise<void> {
    await tx.query(
      `DELETE FROM reaction_timer gone USING reaction_timer kept
       WHERE gone.profile_id = ANY($1::uuid[]) AND kept.profile_id = ANY($1::uuid[]) AND gone.reaction = kept.reaction
         AND (gone.triggered_at, gone.profile_id) < (kept.triggered_at, kept.profile_id)`,
      [[survivor, merged]],
    );
    await tx.query(
      `WITH gone AS (DELETE FROM segment_member WHERE profile_id = $2 RETURNING segment, entered_at)
       INSERT INTO segment_member AS held (profile_id, segment, entered_at) SELECT $1, segment, entered_at FROM gone
       ON CONFLICT (profile_id, segment) DO UPDATE SET entered_at = least(held.entered_at, excluded.entered_at)`,
      [survivor, merged],
    );
  }

  override async split(tx: Transaction, { from, to, events }: ProfileSplit): Promise<void> {
    await tx.query(
      `UPDATE reaction_timer waiting SET profile_id = $2 WHERE profile_id = $1 AND event_id = ANY($3::uuid[])
         AND NOT EXISTS (SELECT 1 FROM reaction_timer other WHERE other.reaction = waiting.reaction AND other.profile_id = $2)`,
      [from, to, events],
    );
  }
}
