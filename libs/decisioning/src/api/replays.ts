import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { PropensityModel } from '@repartee/learning';
import type { ProfileView } from '@repartee/profile/domain';
import {
  Deliberation,
  differencesOf,
  FirstPlaceCount,
  readReceipt,
  ReceiptWriter,
  rosterOf,
  type CatalogueSnapshot,
  type DecideInput,
  type Decision,
  type Difference,
  type Receipt,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import { RecordedItems } from './recorded-items.js';
import { DecisionTrials } from './decision-trials.js';

/** What came of deciding again. */
export interface Replay {
  /** None: it is the same. */
  differences: Difference[];
  /** Offers whose propensity was worked out anew, and those for which it was taken as recorded: the log of then is gone. */
  propensities: { recomputed: number; asRecorded: number };
  /** Offers whose items, or the want of them, were taken as recorded. */
  items: { asRecorded: number };
}

/** Draws between which others get their turn. */
const AT_ONCE = 8;
/** So many draws that come to the same numbers are no draws. */
const ALL_ALIKE = 8;

/** Decides again what receipts record. */
@Injectable()
export class Replays {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly trials: DecisionTrials,
    private readonly model: PropensityModel,
  ) {}

  /**
   * Decides once more, by the configuration and the models of then, and compares what comes out with what was recorded.
   * @param profile the person as they were then
   */
  async again(receipt: Receipt, profile: ProfileView): Promise<Replay> {
    const propensities = { recomputed: 0, asRecorded: 0 };
    const items = new RecordedItems(receipt);
    const input = { ...(await this.inputOf(receipt, profile, receipt.decisionId, propensities)), items };
    const decision = withoutRefused(new Deliberation(input), receipt);
    const header = { ...receipt, at: input.now, context: JSON.stringify(receipt.context), roster: '' };
    const written = new ReceiptWriter().write(header, decision);
    const again = readReceipt(JSON.parse(written), rosterOf(input.snapshot));
    const { asRecorded } = items;
    return { differences: differencesOf(receipt, again), propensities, items: { asRecorded } };
  }

  /**
   * Who would have come first, over so many draws of learning; they are made from the decision's id, so that they fall the same
   * each time. Others get their turn in between.
   */
  async firstPlaces(receipt: Receipt, profile: ProfileView, draws: number): Promise<FirstPlaceCount> {
    const count = new FirstPlaceCount();
    const rated = new Set<string>();
    for (let draw = 0; draw < draws; draw += 1) {
      if (draw % AT_ONCE === 0) await setImmediate();
      const input = await this.inputOf(receipt, profile, `${receipt.decisionId}#${draw}`);
      const decision = withoutRefused(new Deliberation(input), receipt);
      count.add(decision);
      if (draw < ALL_ALIKE) rated.add(JSON.stringify(decision.evaluations.map(({ priority }) => priority)));
      // Where only counts speak nothing is drawn.
      if (draw !== ALL_ALIKE - 1 || rated.size > 1) continue;
      count.add(decision, draws - ALL_ALIKE);
      break;
    }
    return count;
  }

  private async inputOf(
    receipt: Receipt,
    profile: ProfileView,
    seed: string,
    propensities = { recomputed: 0, asRecorded: 0 },
  ): Promise<DecideInput> {
    const { channel, arm, decisionId } = receipt;
    const at = Date.parse(receipt.at);
    const snapshot = await this.catalogue.at(receipt.configurationRevision, at);
    const trials = await this.trials.recorded(receipt.experiments);
    const countsOnly = arm === 'model-control';
    const request = { seed, person: profile, channel, at, countsOnly };
    const model = await this.model.recall(receipt.learned, request);
    const recorded = new Map(receipt.candidates.map(({ offer, propensity }) => [offer, propensity]));
    return {
      snapshot,
      profile,
      channel,
      zones: zonesOf(receipt, snapshot),
      context: receipt.context as object,
      timeZone: receipt.timeZone,
      now: at,
      person: receipt.profileId ?? receipt.anonymousId ?? decisionId,
      propensity: (question) => {
        const found = model?.(question);
        propensities[found === undefined ? 'asRecorded' : 'recomputed'] += 1;
        return found ?? recorded.get(question.offer) ?? 0;
      },
      trials,
      arm: arm && { arm, seed },
      items: new RecordedItems(receipt),
    };
  }
}

/** What hard caps left no room for then is not to be had now. */
export function withoutRefused(deliberation: Deliberation, { candidates }: Receipt): Decision {
  const decision = deliberation.decide();
  const refused = new Map(
    candidates.flatMap(({ offer, dropped, detail }) => (dropped === 'cap-reached' ? [[offer, detail]] : [])),
  );
  if (refused.size === 0) return decision;
  for (const evaluation of decision.evaluations) {
    const cap = refused.get(evaluation.offer.key);
    if (cap !== undefined) deliberation.refuse(evaluation, cap);
  }
  return deliberation.decide();
}

/** The zones of a receipt that a configuration has. */
export function zonesOf({ zones, fallbackOnly }: Receipt, snapshot: CatalogueSnapshot): DecideInput['zones'] {
  return zones.flatMap(({ zone: key, count }) => {
    const zone = snapshot.zones.get(key);
    if (!zone) return [];
    return [{ zone: fallbackOnly ? { ...zone, candidates: [] } : zone, count }];
  });
}
