import { Injectable } from '@nestjs/common';
import type { ProfileView } from '@repartee/profile/domain';
import {
  decide,
  differencesOf,
  readReceipt,
  writeReceipt,
  type CatalogueSnapshot,
  type DecideInput,
  type Difference,
  type Receipt,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';

/** Decides again what receipts record. */
@Injectable()
export class Replays {
  constructor(private readonly catalogue: Catalogue) {}

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
    const decision = decide({
      snapshot,
      profile,
      channel: receipt.channel,
      zones: zonesOf(receipt, snapshot),
      context: receipt.context as object,
      now: at,
      propensity,
    });
    const header = { ...receipt, at, context: JSON.stringify(receipt.context) };
    return differencesOf(receipt, readReceipt(JSON.parse(writeReceipt(header, decision))));
  }
}

function zonesOf({ zones, fallbackOnly }: Receipt, snapshot: CatalogueSnapshot): DecideInput['zones'] {
  return zones.flatMap(({ zone: key, count }) => {
    const zone = snapshot.zones.get(key);
    if (!zone) return [];
    return [{ zone: fallbackOnly ? { ...zone, candidates: [] } : zone, count }];
  });
}
