import { Inject, Injectable } from '@nestjs/common';
import {
  IdentityResolver,
  MergeParticipants,
  type NewReview,
  ProfileAliases,
  ReviewStore,
} from '@repartee/identity';
import { keyOf, type Resolution } from '@repartee/identity/domain';
import type { Transaction } from '@repartee/platform';
import { EventHistory, MergeUndo, type PastEvent, type ProfileBatch } from '@repartee/profile';
import { EventFold } from './event-fold.js';
import { deviceOf, identityEventOf, statedProfile } from './identity-event.js';

/** Events that a review names at most. */
const MAX_NAMED = 50;

/** Events that were filed under a profile and are somebody else's. */
interface Moved extends PastEvent {
  owner: string;
}

/**
 * Gives events of the past to whom they belong, after a profile was parted or a device turned out to have changed
 * hands: who loses events is filled again from the rest, who gets some has them added.
 */
@Injectable()
export class Resettle {
  constructor(
    @Inject(IdentityResolver) private readonly resolver: IdentityResolver,
    @Inject(ProfileAliases) private readonly aliases: ProfileAliases,
    @Inject(EventHistory) private readonly history: EventHistory,
    @Inject(MergeUndo) private readonly undo: MergeUndo,
    @Inject(EventFold) private readonly events: EventFold,
    @Inject(MergeParticipants) private readonly participants: MergeParticipants,
    @Inject(ReviewStore) private readonly reviews: ReviewStore,
  ) {}

  /** Settles what a resolution left open. Before its merges are done. */
  async settle(tx: Transaction, batch: ProfileBatch, resolution: Resolution): Promise<void> {
    for (const [profileId, from] of resolution.unsettled)
      await this.settleOne(tx, batch, resolution, profileId, from);
  }

  private async settleOne(
    tx: Transaction,
    batch: ProfileBatch,
    resolution: Resolution,
    profileId: string,
    from: number,
  ): Promise<void> {
    const targets = resolution.partings.filter((parting) => parting.from === profileId).map(({ to }) => to);
    await batch.lock([profileId, ...targets].sort());
    for (const target of targets) {
      if (!batch.isMerged(target) || targets.length > 1) continue;
      if (!(await batch.restore(profileId, target, resolution.holdings))) continue;
      await this.revive(tx, target, batch.draft(target).family);
      await this.participants.split(tx, { from: profileId, to: target, events: [] });
      resolution.holdings.delete(profileId);
      resolution.holdings.delete(target);
      return;
    }
    if (targets.length === 0 && !(await this.anyMoves(tx, batch, resolution, profileId, from))) return;
    const revived = await this.begin(tx, batch, targets);
    const { family } = batch.draft(profileId);
    const all = await this.read(tx, family);
    const owners = await this.ownersOf(tx, batch, resolution, all, revived);
    const moved = all.flatMap((past, index): Moved[] => {
      const owner = owners[index] ?? profileId;
      return owner === profileId ? [] : [{ ...past, owner }];
    });
    const gone = new Set([...revived.values()].flat());
    await batch.empty(
      profileId,
      family.filter((id) => !gone.has(id)),
    );
    if (targets.length > 0) await this.noteAmbiguous(tx, resolution, all, [profileId, ...targets]);
    const stay = all.filter((_, index) => (owners[index] ?? profileId) === profileId);
    await this.events.refill(batch, profileId, stay);
    await this.give(tx, batch, moved, family, profileId);
  }

  /** Whether events from that time on are somebody else's now; nearly always there are none so late. */
  private async anyMoves(
    tx: Transaction,
    batch: ProfileBatch,
    resolution: Resolution,
    profileId: string,
    from: number,
  ): Promise<boolean> {
    const { lastSeen, family } = batch.draft(profileId);
    if (from > lastSeen) return false;
    for await (const page of this.history.events(tx, family, from))
      if (page.some(({ event }) => this.ownerOf(resolution, event) !== profileId)) return true;
    return false;
  }

  private ownerOf(resolution: Resolution, event: PastEvent['event']): string | undefined {
    return resolution.ownerOf(this.resolver.anchorsOf(identityEventOf(event)), event.occurredAt);
  }

  /** Whose the device is on which something was answered: while two were one, its profile was the survivor's. */
  private ownerOfDevice(resolution: Resolution, event: PastEvent['event']): string | undefined {
    const device = deviceOf(event);
    return device && resolution.ownerOf([keyOf(device)], event.occurredAt);
  }

  /** Empties those who come back to life. @returns each with the ids that were merged into it before */
  private async begin(
    tx: Transaction,
    batch: ProfileBatch,
    targets: string[],
  ): Promise<Map<string, string[]>> {
    const revived = new Map<string, string[]>();
    for (const target of targets) {
      if (!batch.isMerged(target)) continue;
      const { family } = batch.draft(target);
      revived.set(target, family);
      await batch.empty(target, family);
      await this.revive(tx, target, family);
    }
    return revived;
  }

  private async revive(tx: Transaction, profileId: string, family: string[]): Promise<void> {
    await this.aliases.revive(
      tx,
      profileId,
      family.filter((id) => id !== profileId),
    );
  }

  private async read(tx: Transaction, family: string[]): Promise<PastEvent[]> {
    const all: PastEvent[] = [];
    for await (const page of this.history.events(tx, family)) all.push(...page);
    return all;
  }

  /** Whose each event is; undefined: whose it was. Events for which nobody is there yet make their profile now. */
  private async ownersOf(
    tx: Transaction,
    batch: ProfileBatch,
    resolution: Resolution,
    all: PastEvent[],
    revived: ReadonlyMap<string, string[]>,
  ): Promise<(string | undefined)[]> {
    const homeOf = (id: string) => [...revived].find(([, family]) => family.includes(id))?.[0];
    const owners = all.map(({ event }) => {
      const stated = statedProfile(event);
      if (stated === undefined) return this.ownerOf(resolution, event);
      return homeOf(stated) ?? this.ownerOfDevice(resolution, event);
    });
    const orphans = all.flatMap(({ event }, index) =>
      owners[index] === undefined && statedProfile(event) === undefined ? [{ event, index }] : [],
    );
    if (orphans.length === 0) return owners;
    const found = await this.resolver.resolve(
      tx,
      orphans.map(({ event }) => identityEventOf(event)),
      (ids) => batch.lock(ids),
    );
    for (const [place, { index }] of orphans.entries()) owners[index] = found.owners[place];
    for (const [id, holdings] of found.holdings) resolution.holdings.set(id, holdings);
    return owners;
  }

  /** Events that name both sides follow their strongest identifier; a person should look. */
  private async noteAmbiguous(
    tx: Transaction,
    resolution: Resolution,
    all: readonly PastEvent[],
    sides: readonly string[],
  ): Promise<void> {
    const found = new Map<string, NewReview & { detail: { events: string[] } }>();
    for (const { event } of all) {
      const keys = this.resolver.keysOf(identityEventOf(event));
      const sideOf = (key: string) => sides.indexOf(resolution.ownerOf([key], event.occurredAt) ?? '');
      const [a, ...others] = keys.filter((key) => sideOf(key) >= 0);
      const b = others.find((key) => a !== undefined && sideOf(key) !== sideOf(a));
      if (a === undefined || b === undefined) continue;
      const review = found.get(`${a} ${b}`) ?? { kind: 'ambiguous', a, b, detail: { events: [] } };
      if (review.detail.events.length < MAX_NAMED) review.detail.events.push(event.id);
      found.set(`${a} ${b}`, review);
    }
    await this.reviews.add(tx, [...found.values()]);
  }

  private async give(
    tx: Transaction,
    batch: ProfileBatch,
    moved: Moved[],
    family: string[],
    from: string,
  ): Promise<void> {
    const byOwner = new Map<string, Moved[]>();
    for (const one of moved) byOwner.set(one.owner, [...(byOwner.get(one.owner) ?? []), one]);
    for (const [to, events] of byOwner) {
      await batch.lock([to]);
      const ids = events.map(({ event }) => event.id);
      await this.events.move(
        batch,
        events.map(({ event }) => ({ event, profileId: to })),
      );
      await this.undo.moveTimeline(tx, ids, family, { profileId: to, version: batch.nextVersion(to) });
      await this.participants.split(tx, { from, to, events: ids });
    }
  }
}
