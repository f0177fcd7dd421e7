import { Injectable } from '@nestjs/common';
import { PropensityModel } from '@repartee/learning';
import type { ProfileView } from '@repartee/profile/domain';
import {
  Deliberation,
  differencesOf,
  readReceipt,
  writeReceipt,
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
}

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
    const { channel, decisionId: seed } = receipt;
    const at = Date.parse(receipt.at);
    const snapshot = await this.catalogue.at(receipt.configurationRevision, at);
    const trials = await this.trials.recorded(receipt.experiments);
    const model = await this.model.recall(receipt.learned, {
      seed,
      person: profile,
      channel,
      at,
      countsOnly: receipt.arm === 'model-control',
    });
    const recorded = new Map(receipt.candidates.map(({ offer, propensity }) => [offer, propensity]));
    const propensities = { recomputed: 0, asRecorded: 0 };
    const deliberation = new Deliberation({
      snapshot,
      profile,
      channel,
      zones: zonesOf(receipt, snapshot),
      context: receipt.context as object,
      timeZone: receipt.timeZone,
      now: at,
      person: receipt.profileId ?? receipt.anonymousId ?? receipt.decisionId,
      propensity: (question) => {
        const found = model?.(question);
        propensities[found === undefined ? 'asRecorded' : 'recomputed'] += 1;
        return found ?? recorded.get(question.offer) ?? 0;
      },
      trials,
      arm: receipt.arm && { arm: receipt.arm, seed },
      items: new RecordedItems(receipt),
    });
    const decision = withoutRefused(deliberation, receipt);
    const header = { ...receipt, at, context: JSON.stringify(receipt.context) };
    const again = readReceipt(JSON.parse(writeReceipt(header, decision)));
    return { differences: differencesOf(receipt, again), propensities };
  }
}

/** What hard caps left no room for then is not to be had now. */
function withoutRefused(deliberation: Deliberation, { candidates }: Receipt): Decision {
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

function zonesOf({ zones, fallbackOnly }: Receipt, snapshot: CatalogueSnapshot): DecideInput['zones'] {
  return zones.flatMap(({ zone: key, count }) => {
    const zone = snapshot.zones.get(key);
    if (!zone) return [];
    return [{ zone: fallbackOnly ? { ...zone, candidates: [] } : zone, count }];
  });
}
