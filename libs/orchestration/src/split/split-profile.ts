import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { baseOf, keyOf, type Identifier } from '@repartee/identity/domain';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch, RecordViews } from '@repartee/profile';
import { Previewed } from '../merge/previewed.js';
import { ProfileNodes } from '../merge/profile-nodes.js';
import { type Saying, Verdicts } from '../merge/verdicts.js';

/** Identifiers that a person says are somebody else's. */
export interface SplitRequest {
  profileId: string;
  identifiers: Identifier[];
  reason: string;
  actor: string;
}

/** What a split came to. */
export interface SplitProfiles {
  /** The profile that was asked about, without what left it. */
  profileId: string;
  /** The profile that has the identifiers now: the one they came from, or a new one. */
  otherId: string;
}

/** What a split would come to: both golden records as they would be. */
export interface SplitPreview extends SplitProfiles {
  stays: ReturnType<RecordViews['document']>;
  leaves: ReturnType<RecordViews['document']>;
}

/**
 * Parts a profile by a person's word: what each side has stays together, and the two are never linked again. Each side
 * is what its own events make of it.
 */
@Injectable()
export class SplitProfile {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(ProfileNodes) private readonly nodes: ProfileNodes,
    @Inject(Verdicts) private readonly verdicts: Verdicts,
    @Inject(RecordViews) private readonly views: RecordViews,
  ) {}

  /** @param also what is written with it, in the same transaction */
  async split(
    request: SplitRequest,
    also?: (tx: Transaction) => Promise<void>,
  ): Promise<Result<SplitProfiles>> {
    await this.verdicts.prepare();
    return this.database.transaction(async (tx) => {
      const parted = await this.run(tx, request);
      if (parted.ok) await also?.(tx);
      return parted;
    });
  }

  /** What a split would come to: it is done, looked at, and rolled back. */
  async preview(request: Omit<SplitRequest, 'reason'>): Promise<Result<SplitPreview>> {
    const look = (batch: ProfileBatch, parted: SplitProfiles): never => {
      const documentOf = (id: string) => this.views.document(batch.draft(id));
      throw new Previewed<SplitPreview>({
        ...parted,
        stays: documentOf(parted.profileId),
        leaves: documentOf(parted.otherId),
      });
    };
    try {
      return await this.database.transaction(async (tx) => {
        const done = await this.run(tx, { ...request, reason: 'preview' }, look);
        if (done.ok) throw new Error('a preview was written');
        return done;
      });
    } catch (error) {
      if (error instanceof Previewed) return ok(error.preview as SplitPreview);
      throw error;
    }
  }

  private async run(
    tx: Transaction,
    { profileId, identifiers, reason, actor }: SplitRequest,
    look?: (batch: ProfileBatch, parted: SplitProfiles) => never,
  ): Promise<Result<SplitProfiles>> {
    const batch = await this.records.open(tx, []);
    const found = await this.nodes.lock(tx, batch, [profileId]);
    if (!found.ok) return found;
    const [profile] = found.value;
    const nodes = profile?.nodes ?? [];
    const leaving = new Set(identifiers.map(keyOf));
    const missing = [...leaving].find((key) => !nodes.some((node) => baseOf(node) === key));
    if (!profile || missing !== undefined)
      return fail(
        failure('PROFILE.NOT_HELD', `The profile has no ${missing} that was proved or seen on a device.`),
      );
    const left = nodes.filter((node) => leaving.has(baseOf(node)));
    const right = nodes.filter((node) => !leaving.has(baseOf(node)));
    const [a, b] = [left[0], right[0]];
    if (a === undefined || b === undefined)
      return fail(failure('PROFILE.NOTHING_LEFT', 'A split leaves each side at least one identifier.'));
    const together = ([head, ...others]: string[]) =>
      others.map((other) => ({ a: head ?? other, b: other, verdict: 'same' as const }));
    const verdicts = [...together(left), ...together(right), { a, b, verdict: 'different' as const }];
    const saying: Saying = { verdicts, leaving: [...leaving], actor, reason, at: this.clock.now() };
    const resolution = await this.verdicts.say(tx, batch, saying);
    const ownerOf = (node: string) =>
      resolution.ownerOf([baseOf(node)], Number.MAX_SAFE_INTEGER) ?? profile.profileId;
    const parted = { profileId: ownerOf(b), otherId: ownerOf(a) };
    look?.(batch, parted);
    await this.verdicts.commit(tx, batch, resolution, saying);
    return ok(parted);
  }
}
