import { Inject, Injectable } from '@nestjs/common';
import { CatalogueReader } from '@repartee/decisioning';
import type { CatalogueSection, EntryRef } from '@repartee/decisioning/domain';
import { Reactions } from '@repartee/detection';
import type { ReactionDocument } from '@repartee/detection/domain';
import { Experiments } from '@repartee/experiments';
import type { Transaction } from '@repartee/platform';

/** What is about to be written, as far as reactions and the zones they act in go. */
export interface Placing {
  section: Pick<CatalogueSection, 'zones' | 'prune'>;
  reactions: readonly ReactionDocument[];
  /** Entries that go. */
  removed?: readonly EntryRef[];
}

/** What is wrong; `pointer` as in a whole configuration, `#` where it names nothing of what is written. */
export interface PlacingIssue {
  pointer: string;
  message: string;
}

type Channels = ReadonlyMap<string, string>;

/** A zone that an experiment in force fills for a reaction. */
interface Trial {
  experiment: string;
  zone: string;
}

/** Makes sure that the zones of reactions, and of experiments on them, exist on the channels they act on: when either is written. */
@Injectable()
export class ReactionPlaces {
  constructor(
    @Inject(CatalogueReader) private readonly catalogue: CatalogueReader,
    @Inject(Reactions) private readonly reactions: Reactions,
    @Inject(Experiments) private readonly experiments: Experiments,
  ) {}

  /** @param tx asks within a transaction that has opened the next configuration revision: nothing comes in between */
  async check(placing: Placing, tx?: Transaction): Promise<PlacingIssue[]> {
    const { section, reactions, removed = [] } = placing;
    const gone = removed.flatMap(({ kind, key }) => (kind === 'zone' ? [key] : []));
    const written = new Set([...section.zones.map(({ key }) => key), ...gone]);
    if (reactions.length === 0 && written.size === 0) return [];
    const channels = await this.channelsAfter(section, gone, tx);
    const named = new Set(reactions.map(({ key }) => key));
    const kept = section.prune
      ? []
      : (await this.reactions.documents(tx)).filter(({ key }) => !named.has(key));
    return [
      ...reactions.flatMap((document, index) => misplaced(document, index, channels)),
      ...reactions.flatMap((document, index) => torn(document, index, channels, this.trialsOn(document))),
      ...kept.flatMap((document) =>
        placesFor(document, this.trialsOn(document)).flatMap((place) =>
          stranded(place, section, written, channels),
        ),
      ),
    ];
  }

  private trialsOn({ key }: ReactionDocument): Trial[] {
    return this.experiments.book
      .on('reaction', key)
      .flatMap(({ key: experiment, variations, released }) =>
        variations.flatMap(({ key: variation, zone }) =>
          zone === undefined || (released !== null && variation !== released) ? [] : [{ experiment, zone }],
        ),
      );
  }

  private async channelsAfter(
    { zones, prune }: Placing['section'],
    gone: readonly string[],
    tx: Transaction | undefined,
  ): Promise<Channels> {
    const channels = new Map(prune ? [] : await this.catalogue.zoneChannels(tx));
    for (const key of gone) channels.delete(key);
    for (const { key, channel } of zones) channels.set(key, channel);
    return channels;
  }
}

/** Where a reaction acts, by the path to the zone. */
function placesOf({ action: { whenAbsent, ...place } }: ReactionDocument) {
  return { 'action/zone': place, ...(whenAbsent && { 'action/whenAbsent/zone': whenAbsent }) };
}

function misplaced(document: ReactionDocument, index: number, channels: Channels): PlacingIssue[] {
  return Object.entries(placesOf(document)).flatMap(([path, { zone, channel }]): PlacingIssue[] => {
    const pointer = `#/reactions/${index}/${path}`;
    if (!channels.has(zone)) return [{ pointer, message: `there is no zone ${zone}` }];
    if (channels.get(zone) === channel) return [];
    return [{ pointer, message: `${zone} is not a zone of the channel ${channel}` }];
  });
}

/** A reaction that moves to a channel on which an experiment's zone is not. */
function torn(
  { action: { channel } }: ReactionDocument,
  index: number,
  channels: Channels,
  trials: readonly Trial[],
): PlacingIssue[] {
  const pointer = `#/reactions/${index}/action/channel`;
  return trials.flatMap(({ experiment, zone }): PlacingIssue[] =>
    channels.get(zone) === channel
      ? []
      : [
          {
            pointer,
            message: `the experiment ${experiment} fills ${zone}, no zone of the channel ${channel}`,
          },
        ],
  );
}

/** A zone that something in force is about. */
interface Place {
  zone: string;
  channel: string;
  /** Who does what with it. */
  use: string;
}

function placesFor(document: ReactionDocument, trials: readonly Trial[]): Place[] {
  const { key, action } = document;
  return [
    ...Object.values(placesOf(document)).map((place) => ({ ...place, use: `the reaction ${key} acts in` })),
    ...trials.map(({ experiment, zone }) => ({
      ...{ zone, channel: action.channel },
      use: `the experiment ${experiment} on the reaction ${key} fills`,
    })),
  ];
}

/** A place in force that is taken away. */
function stranded(
  { zone, channel, use }: Place,
  { zones }: Placing['section'],
  written: ReadonlySet<string>,
  channels: Channels,
): PlacingIssue[] {
  if (!written.has(zone) || channels.get(zone) === channel) return [];
  const index = zones.findIndex(({ key }) => key === zone);
  const pointer = index < 0 ? '#' : `#/zones/${index}/channel`;
  return [{ pointer, message: `${use} ${zone} on the channel ${channel}` }];
}
