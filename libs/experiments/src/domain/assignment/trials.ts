import type { RuleVariables } from '@repartee/profile/domain';
import type { CompiledExperiment, SubjectKind, Variation } from '../definition/index.js';
import { assign, type Assignment } from './assign.js';
import type { ExperimentBook } from './experiment-book.js';
import type { Participant } from './participant.js';

/** What experiments change in the ranking of an offer. */
export interface OfferTrial {
  /** The experiment that keeps the offer from this person; null where it may be shown. */
  hiddenBy: string | null;
  /** Factor of the offer's priority. */
  lever: number;
}

/** Somebody met what an experiment changes, or leaves as it is: from here on they count. */
export interface Exposure {
  experiment: string;
  phase: number;
  variation: string;
  unit: string;
}

/** An assignment of somebody who is in the experiment. */
export type Given = Extract<Assignment, { variation: Variation }>;

/**
 * The experiments of one request for one person: each is drawn when it is first asked for. It notes an exposure where the
 * person meets the place an experiment acts on, whatever her variation does there: who is counted must not depend on the
 * variation.
 */
export class Trials {
  /** Every experiment that was asked for, with why the person is not in it. */
  readonly assignments: Assignment[] = [];
  /** Those of them that made, or could have made, a difference. */
  readonly met: Given[] = [];
  private readonly known = new Map<string, Assignment>();
  /** Of them those that are met in the answer alone. */
  private readonly presented = new Set<Assignment>();

  /** @param draw says what a person gets; asked once for each experiment */
  constructor(
    private readonly book: ExperimentBook,
    private readonly draw: (experiment: CompiledExperiment) => Assignment,
  ) {}

  /** Who is to be counted. Nobody was drawn for what everybody gets. */
  get exposures(): Exposure[] {
    return this.met.flatMap(({ experiment: { key, phase }, variation, unit }) =>
      unit === null ? [] : [{ experiment: key, phase, variation: variation.key, unit }],
    );
  }

  /** To be asked of an offer that has passed every other rule, and before it is ranked. */
  rank(offer: string): OfferTrial | undefined {
    let trial: OfferTrial | undefined;
    for (const experiment of this.book.on('offer', offer)) {
      const variation = experiment.ranks ? this.meet(experiment).variation : undefined;
      if (!variation) continue;
      trial ??= { hiddenBy: null, lever: 1 };
      if (variation.show === false) trial.hiddenBy ??= experiment.key;
      trial.lever *= 1 + (variation.lever ?? 0) / 100;
    }
    return trial;
  }

  /**
   * The treatment in which a chosen offer is shown.
   * @param usable whether a treatment could be shown in that place
   */
  present(offer: string, treatment: string, usable: (treatment: string) => boolean): string {
    let shown = treatment;
    const asked = [...this.book.on('offer', offer), ...this.book.on('treatment', treatment)];
    for (const experiment of asked) {
      if (!experiment.treatments.some(usable)) continue;
      const known = this.met.length;
      const assignment = this.meet(experiment);
      if (this.met.length > known) this.presented.add(assignment);
      const instead = assignment.variation?.treatment;
      if (instead !== undefined && usable(instead)) shown = instead;
    }
    return shown;
  }

  /** The answer is not given: what would have been met in it was not. */
  withdraw(): void {
    const met = this.met.filter((one) => !this.presented.has(one));
    this.met.splice(0, this.met.length, ...met);
    this.presented.clear();
  }

  /** The variation for a reaction or a flag: of the first experiment that has the person. */
  first(kind: SubjectKind, key: string): Assignment | undefined {
    let outside: Assignment | undefined;
    for (const experiment of this.book.on(kind, key)) {
      const assignment = this.of(experiment);
      if (assignment.variation) return assignment;
      outside ??= assignment;
    }
    return outside;
  }

  /** Notes that the person has met what an experiment is about. */
  expose(assignment: Assignment): void {
    if (assignment.variation && !this.met.includes(assignment)) this.met.push(assignment);
  }

  private meet(experiment: CompiledExperiment): Assignment {
    const assignment = this.of(experiment);
    this.expose(assignment);
    return assignment;
  }

  private of(experiment: CompiledExperiment): Assignment {
    let assignment = this.known.get(experiment.key);
    if (assignment === undefined) {
      assignment = this.draw(experiment);
      this.known.set(experiment.key, assignment);
      this.assignments.push(assignment);
    }
    return assignment;
  }
}

/** The experiments of one request, drawn for a person. */
export function trialsFor(book: ExperimentBook, participant: Participant, variables: RuleVariables): Trials {
  return new Trials(book, (experiment) => assign(experiment, participant, variables));
}
