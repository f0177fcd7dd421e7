import { Injectable } from '@nestjs/common';
import type { PastPredictors } from '@repartee/learning';
import type { ProfileView } from '@repartee/profile/domain';
import {
  Deliberation,
  type CatalogueSnapshot,
  type Decision,
  type FirstPlaces,
  type Receipt,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import { DecisionTrials } from './decision-trials.js';
import { RecordedItems } from './recorded-items.js';
import { withoutRefused, zonesOf } from './replays.js';

/** After so many draws that gave the same propensities, no model draws. */
const PROBES = 3;
/** Stands for a zone that shows nothing. */
export const NOTHING = '';

/** A decision of the past, one of its zones, and what is needed to make it again. */
export interface PastChoice {
  receipt: Receipt;
  /** The person as they were. */
  view: ProfileView;
  zone: string;
  /** The models as they were. */
  past: PastPredictors;
  draws: number;
  /** Lets others have their turn. */
  pause: () => Promise<void>;
}

/** How likely each offer was, or would have been, to stand first in a zone: by deciding again with other draws. */
@Injectable()
export class FirstChoices {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly trials: DecisionTrials,
  ) {}

  /**
   * The probability with which what stood first did: as the receipt has it, or else by the configuration and the models of
   * then. A draw is among those
   * counted that is known to have given it: (n + 1) / (draws + 1), whose inverse has the expectation
   * (1 − (1 − p)^(draws + 1)) / p, all but 1 / p.
   * @returns null when the receipt's own draw now gives another offer: then nothing can be said
   */
  async logged(choice: PastChoice): Promise<{ action: string; probability: number } | null> {
    const { receipt, zone, draws } = choice;
    const snapshot = await this.snapshotOf(receipt);
    const asked = receipt.zones.find((one) => one.zone === zone);
    const action = asked?.offers[0] ?? NOTHING;
    if (firstIn(await this.decide(snapshot, choice, receipt.decisionId), zone) !== action) return null;
    if (asked?.first && action !== NOTHING) return { action, probability: recordedIn(asked.first, action) };
    const shares = await this.by(snapshot, choice);
    const share = shares.get(action) ?? 0;
    return { action, probability: share === 1 ? 1 : (share * draws + 1) / (draws + 1) };
  }

  /** The share of the draws in which each offer stands first, by a configuration and the models of then. */
  async by(snapshot: CatalogueSnapshot, choice: PastChoice): Promise<Map<string, number>> {
    const { receipt, zone, draws, pause } = choice;
    const counts = new Map<string, number>();
    let numbers: string | undefined;
    // An arm that ranks at random draws the order, whatever the propensities.
    let drawn = receipt.arm !== null;
    for (let draw = 0; draw < draws; draw += 1) {
      const decision = await this.decide(snapshot, choice, `${receipt.decisionId}/${draw}`);
      const first = firstIn(decision, zone);
      const now = decision.evaluations.map(({ propensity }) => propensity).join();
      drawn ||= numbers !== undefined && numbers !== now;
      numbers = now;
      if (!drawn && draw + 1 === PROBES) return new Map([[first, 1]]);
      counts.set(first, (counts.get(first) ?? 0) + 1);
      await pause();
    }
    return new Map([...counts].map(([offer, count]) => [offer, count / draws]));
  }

  /** The offers that were rated and have a treatment in the zone. */
  async fitIn({ receipt, zone }: Pick<PastChoice, 'receipt' | 'zone'>): Promise<ReadonlySet<string>> {
    const snapshot = await this.snapshotOf(receipt);
    const here = new Set(snapshot.zones.get(zone)?.candidates.map(({ offer }) => offer.key));
    const rated = receipt.candidates.filter(({ offer, priority }) => priority !== null && here.has(offer));
    return new Set(rated.map(({ offer }) => offer));
  }

  private snapshotOf({ configurationRevision, at }: Receipt): Promise<CatalogueSnapshot> {
    return this.catalogue.at(configurationRevision, Date.parse(at));
  }

  private async decide(snapshot: CatalogueSnapshot, choice: PastChoice, seed: string): Promise<Decision> {
    const { receipt, view, past } = choice;
    const { channel } = receipt;
    const at = Date.parse(receipt.at);
    const trials = await this.trials.recorded(receipt.experiments);
    const deliberation = new Deliberation({
      snapshot,
      profile: view,
      channel,
      zones: zonesOf(receipt, snapshot),
      context: receipt.context as object,
      timeZone: receipt.timeZone,
      now: at,
      person: receipt.profileId ?? receipt.anonymousId ?? receipt.decisionId,
      propensity: past({ seed, person: view, channel, at, countsOnly: receipt.arm === 'model-control' }),
      trials,
      arm: receipt.arm && { arm: receipt.arm, seed },
      items: new RecordedItems(receipt),
    });
    return withoutRefused(deliberation, receipt);
  }
}

function recordedIn({ offers, floor }: FirstPlaces, action: string): number {
  return offers.find(({ offer }) => offer === action)?.probability ?? floor;
}

function firstIn(decision: Decision, key: string): string {
  return decision.zones.find(({ zone }) => zone.key === key)?.choices[0]?.evaluation.offer.key ?? NOTHING;
}
