import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { MergeParticipants } from '@repartee/identity';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch, RecordViews } from '@repartee/profile';
import { Previewed } from './previewed.js';
import { ProfileNodes } from './profile-nodes.js';
import { type Saying, Verdicts } from './verdicts.js';

/** What a merge came to. */
export interface Merged {
  profileId: string;
  /** The id that leads to the survivor from now on; null where both ids were one person's already. */
  mergedId: string | null;
}

/** What a merge would come to. */
export interface MergePreview extends Merged {
  /** The golden record as it would be. */
  profile: ReturnType<RecordViews['document']>;
  /** What else is kept under either id, by kind. */
  holds: Record<string, number>;
}

/** Two ids that a person says are one. */
export interface MergeRequest {
  profileId: string;
  other: string;
  reason: string;
  actor: string;
}

/** Joins two profiles by a person's word: no event and no model overrides it. */
@Injectable()
export class MergeProfiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(ProfileNodes) private readonly nodes: ProfileNodes,
    @Inject(Verdicts) private readonly verdicts: Verdicts,
    @Inject(RecordViews) private readonly views: RecordViews,
    @Inject(MergeParticipants) private readonly participants: MergeParticipants,
  ) {}

  /**
   * Merges, whoever of the two calls it first; asked again, it says the same.
   * @param also what is written with it, in the same transaction
   */
  async merge(request: MergeRequest, also?: (tx: Transaction) => Promise<void>): Promise<Result<Merged>> {
    await this.verdicts.prepare();
    return this.database.transaction(async (tx) => {
      const merged = await this.run(tx, request);
      if (merged.ok) await also?.(tx);
      return merged;
    });
  }

  /** What a merge would come to: it is done, looked at, and rolled back. */
  async preview(request: Omit<MergeRequest, 'reason'>): Promise<Result<MergePreview>> {
    const look = async (batch: ProfileBatch, merged: Merged) => {
      const record = batch.draft(merged.profileId);
      const holds = await this.participants.preview(record.family);
      throw new Previewed({ ...merged, profile: this.views.document(record), holds });
    };
    try {
      const done = await this.database.transaction((tx) =>
        this.run(tx, { ...request, reason: 'preview' }, look),
      );
      return done.ok ? fail(failure('PROFILE.SAME', 'Both ids are one profile’s.')) : done;
    } catch (error) {
      if (error instanceof Previewed) return ok(error.preview as MergePreview);
      throw error;
    }
  }

  private async run(
    tx: Transaction,
    { profileId, other, reason, actor }: MergeRequest,
    look?: (batch: ProfileBatch, merged: Merged) => Promise<never>,
  ): Promise<Result<Merged>> {
    const batch = await this.records.open(tx, []);
    const found = await this.nodes.lock(tx, batch, [profileId, other]);
    if (!found.ok) return found;
    const [one, two] = found.value;
    if (!one) return fail(failure('PROFILE.NOT_FOUND', 'Nobody is known by these ids.'));
    if (!two) return ok({ profileId: one.profileId, mergedId: null });
    const [a, b] = [one.nodes[0], two.nodes[0]];
    if (a === undefined || b === undefined)
      return fail(failure('PROFILE.NO_IDENTIFIER', 'A profile without an identifier cannot be merged.'));
    const saying: Saying = { verdicts: [{ a, b, verdict: 'same' }], actor, reason, at: this.clock.now() };
    const resolution = await this.verdicts.say(tx, batch, saying);
    const merge = resolution.merges.find(
      ({ merged }) => merged === one.profileId || merged === two.profileId,
    );
    const merged: Merged = { profileId: merge?.survivor ?? one.profileId, mergedId: merge?.merged ?? null };
    await look?.(batch, merged);
    await this.verdicts.commit(tx, batch, resolution, saying);
    return ok(merged);
  }
}
