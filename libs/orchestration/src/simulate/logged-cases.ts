import { Inject, Injectable } from '@nestjs/common';
import { type HypotheticalCase, Receipts } from '@repartee/decisioning';
import type { Receipt } from '@repartee/decisioning/domain';
import { Clock } from '@repartee/platform';
import { type ProfileView, STRANGER } from '@repartee/profile/domain';
import { PastRecords } from '../replay/past-records.js';
import { isDigest } from '../replay/replay-decision.js';
import type { LogSpan } from './simulate-schemas.js';

/** Receipts read at once. */
const PAGE = 20;

/** A decision of the past as it can be asked again, or why it cannot. */
export type LoggedCase =
  | { receipt: Receipt; asked: HypotheticalCase; skipped?: undefined }
  | { receipt: Receipt | null; asked: null; skipped: string };

/** Makes questions of the decisions of the past: of the same people, as they were then. */
@Injectable()
export class LoggedCases {
  constructor(
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(PastRecords) private readonly past: PastRecords,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Draws decisions, to be read in the order of time. */
  async draw({ from, until, channel, limit, seed }: LogSpan) {
    const { ids, population } = await this.receipts.draw({
      from: Date.parse(from),
      until: until === undefined ? this.clock.now() + 1 : Date.parse(until),
      channel: channel ?? null,
      limit,
      seed,
    });
    return { total: ids.length, population, cases: this.read(ids) };
  }

  private async *read(ids: readonly string[]): AsyncGenerator<LoggedCase> {
    for (let from = 0; from < ids.length; from += PAGE)
      for (const receipt of await this.receipts.many(ids.slice(from, from + PAGE)))
        yield receipt === 'erased'
          ? { receipt: null, asked: null, skipped: 'erased' }
          : await this.caseOf(receipt);
  }

  private async caseOf(receipt: Receipt): Promise<LoggedCase> {
    if (isDigest(receipt.context)) return { receipt, asked: null, skipped: 'context-not-kept' };
    const view = await this.viewOf(receipt);
    if (typeof view === 'string') return { receipt, asked: null, skipped: `profile-${view}` };
    const { profileId, profileVersion, anonymousId, channel, dialogueId } = receipt;
    const asked: HypotheticalCase = {
      subject: { view, profileId, profileVersion, anonymousId },
      question: {
        channel,
        zones: receipt.zones.map(({ zone, count }) => ({ zone, count })),
        context: receipt.context as Record<string, unknown>,
        timeZone: receipt.timeZone ?? undefined,
        dialogueId,
        fallbackOnly: receipt.fallbackOnly && receipt.control === null,
      },
      at: Date.parse(receipt.at),
      seed: receipt.decisionId,
      recorded: { trials: receipt.experiments, arm: receipt.arm },
    };
    return { receipt, asked };
  }

  /** The person as they were, or why that cannot be told. */
  private async viewOf({ profileId, profileVersion, known, at }: Receipt): Promise<ProfileView | string> {
    if (profileId === null) return STRANGER;
    const moment = { profileId, version: profileVersion, known, at: Date.parse(at) };
    const found = await this.past.view(moment);
    return found.ok ? found.value : found.failure;
  }
}
