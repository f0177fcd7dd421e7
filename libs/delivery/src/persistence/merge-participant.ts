import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipant, MergeParticipants, type ProfileSplit } from '@repartee/identity';
import { Database, type Transaction } from '@repartee/platform';

/** Deliveries are read for a person's whole family; one that an event caused goes where that event goes. */
@Injectable()
export class DeliveryMerges extends MergeParticipant {
  readonly scope = 'delivery';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
  ) {
    super(participants);
  }

  override async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const [row] = await this.database.query<{ deliveries: number }>(
      'SELECT count(*)::int AS deliveries FROM delivery WHERE profile_id = ANY($1::uuid[])',
      [profileIds],
    );
    return { deliveries: row?.deliveries ?? 0 };
  }

  override merge(): Promise<void> {
    return Promise.resolve();
  }

  /** The key of what a reaction sent ends with the event that started it. */
  override async split(tx: Transaction, { from, to, events }: ProfileSplit): Promise<void> {
    await tx.query(
      `UPDATE delivery SET profile_id = $2
       WHERE profile_id = $1 AND origin LIKE 'reaction:%' AND right(idempotency_key, 36) = ANY($3::text[])`,
      [from, to, events],
    );
  }
}
