import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Classifications } from '@repartee/governance';
import { type Identifier, parseIdentifier } from '@repartee/identity/domain';
import type { Transaction } from '@repartee/platform';
import { Profiles, RecordViews } from '@repartee/profile';
import type { ProfileDocument } from '@repartee/profile/domain';
import { maskText, maskTraits } from '../masking/masks.js';
import { MergeProfiles } from '../merge/merge-profiles.js';
import { SplitProfile } from '../split/split-profile.js';
import { PersonCards } from './person-cards.js';
import type { ChangePreview, IdentityChange } from './proposal-schemas.js';

/** What a merge or split came to, by the ids of the two sides. */
export interface Changed {
  profileId: string;
  otherId: string | null;
}

/** Merges and splits as desks speak of them: what they would come to, and done. */
@Injectable()
export class IdentityChanges {
  constructor(
    @Inject(MergeProfiles) private readonly merges: MergeProfiles,
    @Inject(SplitProfile) private readonly splits: SplitProfile,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(RecordViews) private readonly views: RecordViews,
    @Inject(PersonCards) private readonly cards: PersonCards,
    @Inject(Classifications) private readonly classifications: Classifications,
  ) {}

  /** Names the other person by their id, where a desk named them by an identifier. Fails with PROFILE.NOT_FOUND. */
  async resolve(change: IdentityChange): Promise<Result<IdentityChange>> {
    if (change.kind === 'split') return ok(change);
    const other = await this.profiles.find(change.other);
    return other.ok ? ok({ ...change, other: other.value.record.id }) : other;
  }

  /** Nothing is changed. @param masked personal data is hidden from whoever looks */
  async preview(change: IdentityChange, actor: string, masked: boolean): Promise<Result<ChangePreview>> {
    return change.kind === 'merge'
      ? this.previewMerge(change, actor, masked)
      : this.previewSplit(change, actor, masked);
  }

  /** @param also what is written with it, in the same transaction */
  async perform(
    change: IdentityChange,
    by: { actor: string; reason: string },
    also: (tx: Transaction) => Promise<void>,
  ): Promise<Result<Changed>> {
    if (change.kind === 'merge') {
      const merged = await this.merges.merge({ ...change, ...by }, also);
      return merged.ok ? ok({ profileId: merged.value.profileId, otherId: merged.value.mergedId }) : merged;
    }
    const identifiers = this.read(change.identifiers);
    return identifiers.ok
      ? this.splits.split({ ...change, identifiers: identifiers.value, ...by }, also)
      : identifiers;
  }

  private async previewMerge(
    { profileId, other }: Extract<IdentityChange, { kind: 'merge' }>,
    actor: string,
    masked: boolean,
  ): Promise<Result<ChangePreview>> {
    const seen = await this.merges.preview({ profileId, other, actor });
    if (!seen.ok) return seen;
    const { profile, profileId: survivor, holds } = seen.value;
    const found = await this.profiles.findById(survivor);
    if (!found) return fail(failure('PROFILE.NOT_FOUND', `Nobody is known by the id ${survivor}.`));
    const now = this.views.document(found.record);
    const held = new Set(now.identifiers.map(({ namespace, value }) => `${namespace}:${value}`));
    const identifiers = profile.identifiers.filter((one) => !held.has(`${one.namespace}:${one.value}`));
    const traits = Object.fromEntries(
      Object.entries(profile.traits).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(now.traits[name]),
      ),
    );
    const moves = this.moves(identifiers, traits, masked);
    return ok({ kind: 'merge', results: [this.cards.ofDocument(profile, masked)], moves, holds });
  }

  private async previewSplit(
    change: Extract<IdentityChange, { kind: 'split' }>,
    actor: string,
    masked: boolean,
  ): Promise<Result<ChangePreview>> {
    const identifiers = this.read(change.identifiers);
    if (!identifiers.ok) return identifiers;
    const { profileId } = change;
    const seen = await this.splits.preview({ profileId, identifiers: identifiers.value, actor });
    if (!seen.ok) return seen;
    const { stays, leaves } = seen.value;
    const results = [stays, leaves].map((document) => this.cards.ofDocument(document, masked));
    const moves = this.moves(leaves.identifiers, leaves.traits, masked);
    return ok({ kind: 'split', results, moves, holds: {} });
  }

  private moves(
    identifiers: ProfileDocument['identifiers'],
    traits: ProfileDocument['traits'],
    masked: boolean,
  ): ChangePreview['moves'] {
    return {
      identifiers: identifiers.map(({ namespace, value }) => ({
        namespace,
        value: masked ? maskText(value) : value,
      })),
      traits: masked ? maskTraits(traits, this.classifications.current) : traits,
    };
  }

  private read(identifiers: readonly string[]): Result<Identifier[]> {
    const read: Identifier[] = [];
    for (const one of identifiers) {
      const identifier = parseIdentifier(one);
      if (!identifier.ok) return identifier;
      read.push(identifier.value);
    }
    return ok(read);
  }
}
