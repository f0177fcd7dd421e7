import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipant, MergeParticipants } from '@repartee/identity';
import { Database } from '@repartee/platform';

/** A receipt says for whom something was decided then; a merge or a split does not change that. */
@Injectable()
export class ReceiptMerges extends MergeParticipant {
  readonly scope = 'decisioning';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
  ) {
    super(participants);
  }

  override async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const [row] = await this.database.query<{ decisions: number }>(
      'SELECT count(*)::int AS decisions FROM decision_receipt WHERE profile_id = ANY($1::uuid[])',
      [profileIds],
    );
    return { decisions: row?.decisions ?? 0 };
  }

  override merge(): Promise<void> {
    return Promise.resolve();
  }

  override split(): Promise<void> {
    return Promise.resolve();
  }
}
