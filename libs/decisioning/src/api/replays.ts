import { Injectable } from '@nestjs/common';
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
import { DecisionTrials } from './decision-trials.js';

/** Decides again what receipts record. */
@Injectable()
export class Replays {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly trials: DecisionTrials,
  ) {}

  /**
   * Decides once more, by the configuration of then, and compares what comes out with what was recorded.
   * @param profile the person as they were then
   * @param propensity the model as it was then
   */
  async again(
    receipt: Receipt,
    profile: ProfileView,
    propensity: DecideInput['propensity'],
  ): Promise<Difference[]> {
    const snapshot = await this.catalogue.at(receipt.configurationRevision);
    const at = Date.parse(receipt.at);
    const deliberation = new Deliberation({
      snapshot,
      profile,
      channel: receipt.channel,
      zones: zonesOf(receipt, snapshot),
      context: receipt.context as object,
      timeZone: receipt.timeZone,
      now: at,
      propensity,
      trials: await this.trials.recorded(receipt.experiments),
    });
    const decision = withoutRefused(deliberation, receipt);
    const header = { ...receipt, at, context: JSON.stringify(receipt.context) };
    return differencesOf(receipt, readReceipt(JSON.parse(writeReceipt(header, decision))));
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
