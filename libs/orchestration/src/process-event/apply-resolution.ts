import { Inject, Injectable } from '@nestjs/common';
import { MergeParticipants } from '@repartee/identity';
import type { Resolution } from '@repartee/identity/domain';
import { Clock, newId, type Transaction } from '@repartee/platform';
import { type NewTimelineEntry, type ProfileBatch, Timeline } from '@repartee/profile';
import { Resettle } from './resettle.js';

/** Lets golden records follow what identity found out: who is whose, who is one, who is two. */
@Injectable()
export class ApplyResolution {
  constructor(
    @Inject(Resettle) private readonly resettle: Resettle,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(MergeParticipants) private readonly participants: MergeParticipants,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param undoable nothing else happens to these profiles in this transaction, so that each merge can be undone exactly */
  async apply(
    tx: Transaction,
    batch: ProfileBatch,
    resolution: Resolution,
    { undoable = false } = {},
  ): Promise<void> {
    await this.resettle.settle(tx, batch, resolution);
    const entries: NewTimelineEntry[] = [];
    for (const merge of resolution.merges) {
      const { survivor, merged, rule, at } = merge;
      await batch.merge(merge, undoable);
      await this.participants.merge(tx, merge);
      const version = batch.nextVersion(survivor);
      entries.push({ profileId: survivor, at, id: merged, kind: 'merge', data: { merged, rule }, version });
    }
    for (const { from, to } of resolution.partings) {
      const at = this.clock.now();
      // Nothing may have happened to it yet but that somebody said it is somebody else's.
      const record = batch.draft(to);
      if (record.lastSeen === 0) Object.assign(record, { firstSeen: at, lastSeen: at });
      entries.push({ profileId: from, at, id: newId(), kind: 'split', data: { split: to } });
      entries.push({ profileId: to, at, id: newId(), kind: 'split', data: { splitFrom: from } });
    }
    for (const [profileId, holdings] of resolution.holdings) batch.hold(profileId, holdings);
    await this.timeline.append(tx, entries);
  }
}
