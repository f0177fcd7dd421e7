import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipant, MergeParticipants, type ProfileSplit } from '@repartee/identity';
import { Database, type Transaction } from '@repartee/platform';

/**
 * Exposures and outcomes follow their person. Nothing is folded together: whoever met two variations under two profiles is
 * found out when results are read, and comes back as two by a split.
 */
@Injectable()
export class ExposureMerges extends MergeParticipant {
  readonly scope = 'experiments';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(Database) private readonly database: Database,
  ) {
    super(participants);
  }

  override async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const [row] = await this.database.query<{ exposures: number }>(
      'SELECT count(*)::int AS exposures FROM experiment_exposure WHERE person = ANY($1::uuid[])',
      [profileIds],
    );
    return { exposures: row?.exposures ?? 0 };
  }

  override async merge(
    tx: Transaction,
    { survivor, merged }: { survivor: string; merged: string },
  ): Promise<void> {
    await tx.query('UPDATE experiment_exposure SET person = $1 WHERE person = $2', [survivor, merged]);
    // An order that both have counts once.
    await tx.query(
      `DELETE FROM experiment_outcome gone USING experiment_outcome kept
        WHERE gone.person = $2 AND kept.person = $1 AND (gone.experiment, gone.phase, gone.metric, gone.key)
              = (kept.experiment, kept.phase, kept.metric, kept.key)`,
      [survivor, merged],
    );
    await tx.query('UPDATE experiment_outcome SET person = $1 WHERE person = $2', [survivor, merged]);
  }

  override async split(tx: Transaction, { from, to, events }: ProfileSplit): Promise<void> {
    await tx.query('UPDATE experiment_exposure SET person = $2 WHERE person = $1 AND profile_id = $2', [
      from,
      to,
    ]);
    await tx.query(
      `UPDATE experiment_outcome o SET person = $2 WHERE person = $1 AND event_id = ANY($3::uuid[])
         AND NOT EXISTS (SELECT 1 FROM experiment_outcome held
           WHERE held.person = $2 AND (held.experiment, held.phase, held.metric, held.key)
                 = (o.experiment, o.phase, o.metric, o.key))`,
      [from, to, events],
    );
  }
}
