import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipant, MergeParticipants } from '@repartee/identity';
import { Database, type Transaction } from '@repartee/platform';
import { CapStore } from './cap-store.js';

/**
 * A receipt says for whom something was decided then; a merge or a split does not change that. What hard caps count by
 * person counts for the survivor; a split leaves it there.
 */
@Injectable()
export class ReceiptMerges extends MergeParticipant {
  readonly scope = 'decisioning';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
    @Inject(CapStore) private readonly caps: CapStore,
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

  override merge(tx: Transaction, { survivor, merged }: { survivor: string; merged: string }): Promise<void> {
    return this.caps.movePerson(merged, survivor, tx);
  }

  override split(): Promise<void> {
    return Promise.resolve();
  }
}
