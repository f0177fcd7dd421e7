import { Inject, Injectable } from '@nestjs/common';
import { type AddressClaimed, EarlierWords } from '@repartee/delivery';
import { MergeParticipants } from '@repartee/identity';
import type { Resolution } from '@repartee/identity/domain';
import { Bus, Clock, newId, type NewMessage, type Transaction } from '@repartee/platform';
import { type NewTimelineEntry, type ProfileBatch, Timeline } from '@repartee/profile';
import { Resettle } from './resettle.js';

/** Lets golden records follow what identity found out: who is whose, who is one, who is two. */
@Injectable()
export class ApplyResolution {
  constructor(
    @Inject(Resettle) private readonly resettle: Resettle,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(MergeParticipants) private readonly participants: MergeParticipants,
    @Inject(EarlierWords) private readonly words: EarlierWords,
    @Inject(Bus) private readonly bus: Bus,
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
    await this.hearClaimed(tx, batch, resolution);
    for (const [profileId, holdings] of resolution.holdings) batch.hold(profileId, holdings);
    await this.timeline.append(tx, entries);
  }

  /** Addresses that are somebody's from now on may have refused before. */
  private async hearClaimed(tx: Transaction, batch: ProfileBatch, { holdings }: Resolution): Promise<void> {
    const claimed = [...holdings].flatMap(([profileId, { identifiers }]) => {
      const held = batch.draft(profileId).identifiers;
      return identifiers
        .filter(
          (one) => !held.some(({ namespace, value }) => namespace === one.namespace && value === one.value),
        )
        .map((identifier) => ({ profileId, identifier }));
    });
    const words = await this.words.of(
      tx,
      claimed.map(({ identifier }) => identifier),
    );
    const messages = claimed.flatMap(({ profileId }, index): NewMessage[] => {
      const data: AddressClaimed = { profileId, words: words[index] ?? [] };
      return data.words.length > 0 ? [{ type: 'address.claimed', subject: profileId, data }] : [];
    });
    await this.bus.publish(tx, messages);
  }
}
