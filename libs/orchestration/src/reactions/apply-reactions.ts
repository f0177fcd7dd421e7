import { Inject, Injectable } from '@nestjs/common';
import { Reactions } from '@repartee/detection';
import { compileReactions, type ReactionDocument, reactionSchema } from '@repartee/detection/domain';
import type { Transaction } from '@repartee/platform';
import type { RuleTypes } from '@repartee/profile/domain';
import type { Located } from '../apply/source-map.js';
import { type Placing, ReactionPlaces } from './reaction-places.js';

type Issue = Located & { message: string };

/** The reactions of a configuration that is applied. */
@Injectable()
export class ApplyReactions {
  constructor(
    @Inject(Reactions) private readonly reactions: Reactions,
    @Inject(ReactionPlaces) private readonly places: ReactionPlaces,
  ) {}

  /**
   * Checks their rules, and the zones of all reactions that will be in force.
   * @param section the rest of the configuration; undefined where something is wrong with it
   */
  async check(
    documents: readonly unknown[],
    types: RuleTypes,
    section: Placing['section'] | undefined,
  ): Promise<{ reactions: ReactionDocument[]; issues: Issue[] }> {
    const { issues } = compileReactions(documents, types);
    const reactions = documents.flatMap((document) => reactionSchema.safeParse(document).data ?? []);
    const placed = section && reactions.length === documents.length;
    return {
      reactions,
      issues: [
        ...issues.map((issue) => ({ ...issue, pointer: `#/reactions/${issue.pointer}` })),
        ...(placed ? await this.places.check({ section, reactions }) : []),
      ],
    };
  }

  /** Writes as part of `revision`, in its transaction; with issues nothing is written. */
  async apply(
    tx: Transaction,
    { section, reactions }: Pick<Placing, 'section' | 'reactions'>,
    revision: number,
  ): Promise<Issue[]> {
    const issues = await this.places.check({ section, reactions }, tx);
    if (issues.length === 0) await this.reactions.apply(tx, reactions, { prune: section.prune, revision });
    return issues;
  }

  reload(): Promise<void> {
    return this.reactions.reload();
  }
}
