import { smoothedPropensity, type Counts, type Prior } from './smoothed-propensity.js';
import { toStage, type Stage } from './stage.js';

/** One stratum's counts. */
export interface StratumCounts extends Counts {
  offer: string;
  channel: string;
  stage: Stage;
}

/** A stratum as it is written down: `[offer, channel, stage, shown, positive]`. */
export type CountLine = [offer: string, channel: string, stage: string, shown: number, positive: number];

export function toCountLine({ offer, channel, stage, shown, positive }: StratumCounts): CountLine {
  return [offer, channel, stage, shown, positive];
}

export function fromCountLine([offer, channel, stage, shown, positive]: CountLine): StratumCounts {
  return { offer, channel, stage: toStage(stage), shown, positive };
}

/** One line for each stratum, in the order in which they came. */
export function sumOf(lines: readonly CountLine[]): CountLine[] {
  const sums = new Map<string, CountLine>();
  for (const [offer, channel, stage, shown, positive] of lines) {
    const key = JSON.stringify([offer, channel, stage]);
    const [, , , more, better] = sums.get(key) ?? [offer, channel, stage, 0, 0];
    sums.set(key, [offer, channel, stage, more + shown, better + positive]);
  }
  return [...sums.values()];
}

interface ChannelCounts {
  total: Counts;
  stages: Map<string, Counts>;
}

interface OfferCounts {
  total: Counts;
  channels: Map<string, ChannelCounts>;
}

export type StoredCounts = [
  offer: string,
  total: Counts,
  channels: [channel: string, total: Counts, stages: [stage: string, counts: Counts][]][],
][];

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

  /** All sums as they are: summed up anew they could differ in the last bit. */
  store(): StoredCounts {
    return [...this.offers].map(([offer, { total, channels }]) => [
      offer,
      { ...total },
      [...channels].map(([channel, { total: of, stages }]) => [
        channel,
        { ...of },
        [...stages].map(([stage, counts]) => [stage, { ...counts }]),
      ]),
    ]);
  }

  static restore(stored: StoredCounts): PropensityCounts {
    const counts = new PropensityCounts();
    for (const [offer, total, channels] of stored) {
      const entries = channels.map(([channel, of, stages]): [string, ChannelCounts] => [
        channel,
        { total: { ...of }, stages: new Map(stages.map(([stage, each]) => [stage, { ...each }])) },
      ]);
      counts.offers.set(offer, { total: { ...total }, channels: new Map(entries) });
    }
    return counts;
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
