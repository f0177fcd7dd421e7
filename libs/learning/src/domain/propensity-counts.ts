import { smoothedPropensity, type Counts, type Prior } from './smoothed-propensity.js';
import type { Stage } from './stage.js';

/** One stratum's counts. */
export interface StratumCounts extends Counts {
  offer: string;
  channel: string;
  stage: Stage;
}

interface ChannelCounts {
  total: Counts;
  stages: Map<string, Counts>;
}

interface OfferCounts {
  total: Counts;
  channels: Map<string, ChannelCounts>;
}

/** All counts in memory, arranged so that a prediction is three look-ups. */
export class PropensityCounts {
  private readonly offers = new Map<string, OfferCounts>();

  constructor(strata: Iterable<StratumCounts> = []) {
    for (const stratum of strata) this.add(stratum);
  }

  add(stratum: StratumCounts): void {
    const offer = entry(this.offers, stratum.offer, () => ({ total: zero(), channels: new Map() }));
    const channel = entry(offer.channels, stratum.channel, () => ({ total: zero(), stages: new Map() }));
    const stage = entry(channel.stages, stratum.stage, zero);
    for (const counts of [offer.total, channel.total, stage]) {
      counts.shown += stratum.shown;
      counts.positive += stratum.positive;
    }
  }

  predict(offer: string, channel: string, stage: Stage, prior?: Prior): number {
    const ofOffer = this.offers.get(offer);
    const ofChannel = ofOffer?.channels.get(channel);
    return smoothedPropensity(
      { overall: ofOffer?.total, channel: ofChannel?.total, stage: ofChannel?.stages.get(stage) },
      stage,
      prior,
    );
  }
}

function zero(): Counts {
  return { shown: 0, positive: 0 };
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
