import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { PastPeople, Receipts, type Replay, Replays } from '@repartee/decisioning';
import type { Receipt } from '@repartee/decisioning/domain';
import type { NoPast } from '@repartee/profile';
import { type ProfileView, STRANGER } from '@repartee/profile/domain';
import { PastRecords } from './past-records.js';

/** What a replay says: that it comes out the same, what comes out otherwise, or why it cannot be told. */
export type ReplayOutcome =
  | ({ decisionId: string; outcome: 'same' | 'differs' } & Replay)
  | { decisionId: string; outcome: 'unknown'; reason: string };

const REASONS: Readonly<Record<NoPast, string>> = {
  unnumbered: 'The profile is older than the record of its versions.',
  rearranged: 'The profile was split after the decision: its events are shared out among two people now.',
  pruned: 'Events that the profile was made of are no longer kept.',
};
const NO_CONTEXT = 'The context was too large to be kept; only its digest is.';

/** Takes a decision again from its receipt: the person from the event log, the rules and models as they were. */
@Injectable()
export class ReplayDecision {
  constructor(
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(PastRecords) private readonly past: PastRecords,
    @Inject(Replays) private readonly replays: Replays,
    @Inject(PastPeople) people: PastPeople,
  ) {
    people.register((receipt) => this.personOf(receipt));
  }

  /** Fails with DECISION.NOT_FOUND or DECISION.ERASED. */
  async replay(decisionId: string): Promise<Result<ReplayOutcome>> {
    const receipt = await this.receipts.find(decisionId);
    if (!receipt) return fail(failure('DECISION.NOT_FOUND', `There is no decision ${decisionId}.`));
    if (receipt === 'erased')
      return fail(failure('DECISION.ERASED', 'The person of this decision was erased.'));
    const person = await this.personOf(receipt);
    if (!person.ok) return ok({ decisionId, outcome: 'unknown', reason: person.failure });
    const replay = await this.replays.again(receipt, person.value);
    const outcome = replay.differences.length === 0 ? 'same' : 'differs';
    return ok({ decisionId, outcome, ...replay });
  }

  private async personOf(receipt: Receipt): Promise<Result<ProfileView, string>> {
    if (isDigest(receipt.context)) return fail(NO_CONTEXT);
    const { profileId, profileVersion: version, known, at } = receipt;
    if (profileId === null) return ok(STRANGER);
    const found = await this.past.view({ profileId, version, known, at: Date.parse(at) });
    return found.ok ? found : fail(REASONS[found.failure]);
  }
}

/** Whether only the digest of a context was kept. */
export function isDigest(context: unknown): boolean {
  const names = Object.keys(context as object);
  return names.length === 1 && names[0] === 'sha256';
}
