import { Inject, Injectable } from '@nestjs/common';
import { Catalogue } from '@repartee/decisioning';
import type { CatalogueSection } from '@repartee/decisioning/domain';
import { Reactions } from '@repartee/detection';
import type { ReactionDocument } from '@repartee/detection/domain';
import { type Experiment, type ExperimentIssue, subjectOf } from '@repartee/experiments/domain';

/** What experiments may speak of. */
interface Subjects {
  offers: ReadonlySet<string>;
  treatments: ReadonlyMap<string, { offer: string; channel: string }>;
  /** Channels, by the keys of zones and reactions. */
  zones: ReadonlyMap<string, string>;
  reactions: ReadonlyMap<string, string>;
}

/** A configuration that is about to be applied. */
export interface Configured {
  section: CatalogueSection;
  reactions: readonly ReactionDocument[];
}

/** Makes sure that what an experiment is about exists, and what its variations put in its place too. */
@Injectable()
export class SubjectCheck {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Reactions) private readonly reactions: Reactions,
  ) {}

  /**
   * What is wrong; pointers are relative to the list.
   * @param applied what is in force once these experiments are; what is in force now unless given
   */
  async check(experiments: readonly Experiment[], applied?: Configured): Promise<ExperimentIssue[]> {
    if (experiments.length === 0) return [];
    const subjects = await this.subjects(applied);
    return experiments.flatMap((experiment, index) =>
      flaws(experiment, subjects).map(([path, message]) => ({ pointer: `${index}/${path}`, message })),
    );
  }

  private async subjects(applied?: Configured): Promise<Subjects> {
    const kept = applied?.section.prune !== true;
    const { snapshot } = this.catalogue;
    const held = kept ? [...snapshot.treatments.values()] : [];
    const reactions = [...(kept ? await this.reactions.documents() : []), ...(applied?.reactions ?? [])];
    const { offers = [], treatments = [], zones = [] } = applied?.section ?? {};
    return {
      offers: new Set([...(kept ? snapshot.offersByKey.keys() : []), ...offers.map(({ key }) => key)]),
      treatments: new Map([...held, ...treatments].map((treatment) => [treatment.key, treatment])),
      zones: new Map(
        [...(kept ? snapshot.zones.values() : []), ...zones].map(({ key, channel }) => [key, channel]),
      ),
      reactions: new Map(reactions.map(({ key, action }) => [key, action.channel])),
    };
  }
}

function flaws(experiment: Experiment, subjects: Subjects): [path: string, message: string][] {
  const { kind, key } = subjectOf(experiment);
  if (kind === 'flag') return [];
  if (kind === 'journey') return missingSteps(experiment, subjects);
  const known = { offer: subjects.offers, treatment: subjects.treatments, reaction: subjects.reactions }[
    kind
  ];
  if (!known.has(key)) return [[`on/${kind}`, `there is no ${kind} ${key}`]];
  return experiment.variations.flatMap(({ treatment, zone }, index): [string, string][] => {
    const at = `variations/${index}`;
    if (treatment !== undefined) {
      const message = treatmentFlaw(treatment, kind, key, subjects);
      return message === undefined ? [] : [[`${at}/treatment`, message]];
    }
    if (zone === undefined) return [];
    const channel = subjects.reactions.get(key);
    const found = subjects.zones.get(zone);
    if (found === undefined) return [[`${at}/zone`, `there is no zone ${zone}`]];
    return found === channel ? [] : [[`${at}/zone`, `${zone} is not a zone of the channel ${channel}`]];
  });
}

function missingSteps({ on: { journey = [] } }: Experiment, { reactions }: Subjects): [string, string][] {
  return journey.flatMap((step, index): [string, string][] =>
    reactions.has(step) ? [] : [[`on/journey/${index}`, `there is no reaction ${step}`]],
  );
}

/** The other treatment is one of the same offer, and stands in for another on the same channel. */
function treatmentFlaw(
  key: string,
  kind: 'offer' | 'treatment' | 'reaction',
  subject: string,
  { treatments }: Subjects,
): string | undefined {
  const treatment = treatments.get(key);
  if (!treatment) return `there is no treatment ${key}`;
  const original = kind === 'treatment' ? treatments.get(subject) : undefined;
  const offer = original?.offer ?? subject;
  if (treatment.offer !== offer) return `${key} is no treatment of the offer ${offer}`;
  return original && original.channel !== treatment.channel
    ? `${key} is not on the channel ${original.channel}`
    : undefined;
}
