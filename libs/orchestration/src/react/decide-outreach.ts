import { Inject, Injectable } from '@nestjs/common';
import type { DecisionResponse } from '@repartee/contracts';
import { Decisions } from '@repartee/decisioning';
import { participantOf } from '@repartee/experiments/domain';
import { PersonStandings } from '@repartee/governance';
import type { Transaction } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import { CallAtHand } from '../decide/call-at-hand.js';
import { mayUseProfile } from '@repartee/profile/domain';

export interface OutreachQuestion {
  channel: string;
  zone: string;
  context: Record<string, unknown>;
  dialogueId: string;
}

/** Decides what to reach out with: by the same rules, and the same capacity of agents, as whoever asks. */
@Injectable()
export class DecideOutreach {
  constructor(
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(CallAtHand) private readonly call: CallAtHand,
  ) {}

  /** @returns undefined when the person's data may not be used for it. @throws when it cannot be decided */
  async decide(
    tx: Transaction,
    { record, view }: CachedProfile,
    { channel, zone, context, dialogueId }: OutreachQuestion,
  ): Promise<DecisionResponse | undefined> {
    if (!mayUseProfile(this.standings.recall(record.family), record)) return undefined;
    const decided = await this.decisions.decide(
      {
        view,
        profileId: record.id,
        profileVersion: record.version,
        anonymousId: null,
        participant: participantOf(record, null),
      },
      { channel, zones: [{ zone, count: 1 }], context: this.call.withCapacity(context), dialogueId },
      tx,
    );
    if (!decided.ok) throw new Error(`${decided.failure.code}: ${decided.failure.detail}`);
    return decided.value;
  }
}
