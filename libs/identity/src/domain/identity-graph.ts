import { type Identifier, keyOf } from './identifier.js';

/** Whose an identifier is, and whether that was proved. */
export interface Ownership {
  profileId: string;
  verified: boolean;
}

/** An identifier's owner changed. */
export interface OwnershipChange extends Identifier, Ownership {}

/** Two profiles turned out to be one person. */
export interface Merge {
  survivor: string;
  merged: string;
  /** Which rule joined them, in words. */
  rule: string;
  eventId: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** A link that was not made, and why. */
export interface RefusedLink extends Identifier {
  profileId: string;
  reason: string;
  eventId: string;
  at: number;
}

/** Everything a batch of events changed. */
export interface GraphChanges {
  owned: Map<string, OwnershipChange>;
  created: Set<string>;
  merges: Merge[];
  refused: RefusedLink[];
}

/** The part of the identity graph that a batch of events touches, held in memory while the batch is resolved. */
export class IdentityGraph {
  private readonly owners = new Map<string, OwnershipChange>();
  private readonly members = new Map<string, Map<string, OwnershipChange>>();
  readonly changes: GraphChanges = { owned: new Map(), created: new Set(), merges: [], refused: [] };

  /** @param known every identifier of every profile that owns one of the batch's identifiers */
  constructor(known: Iterable<OwnershipChange>) {
    for (const ownership of known) this.index(ownership);
  }

  owner(identifier: Identifier): Ownership | undefined {
    return this.owners.get(keyOf(identifier));
  }

  identifiers(profileId: string): OwnershipChange[] {
    return [...(this.members.get(profileId)?.values() ?? [])];
  }

  /** The one value of a namespace that holds one value a person, once it is proved. */
  verifiedUserId(profileId: string): string | undefined {
    return this.identifiers(profileId).find((held) => held.namespace === 'user_id' && held.verified)?.value;
  }

  /** Known: something beside a device's anonymous id is owned. */
  isKnown(profileId: string): boolean {
    return this.identifiers(profileId).some((held) => held.namespace !== 'anonymous_id');
  }

  create(profileId: string): string {
    this.changes.created.add(profileId);
    return profileId;
  }

  own(identifier: Identifier, owner: Ownership): void {
    const before = this.owners.get(keyOf(identifier));
    if (before?.profileId === owner.profileId && (before.verified || !owner.verified)) return;
    if (before) this.members.get(before.profileId)?.delete(keyOf(identifier));
    const change = { ...identifier, ...owner };
    this.index(change);
    this.changes.owned.set(keyOf(identifier), change);
  }

  refuse(link: RefusedLink): void {
    this.changes.refused.push(link);
  }

  merge(merge: Merge): void {
    for (const held of this.identifiers(merge.merged)) {
      this.own(held, { profileId: merge.survivor, verified: held.verified });
    }
    this.members.delete(merge.merged);
    this.changes.merges.push(merge);
  }

  private index(ownership: OwnershipChange): void {
    const key = keyOf(ownership);
    this.owners.set(key, ownership);
    const held = this.members.get(ownership.profileId) ?? new Map<string, OwnershipChange>();
    held.set(key, ownership);
    this.members.set(ownership.profileId, held);
  }
}
