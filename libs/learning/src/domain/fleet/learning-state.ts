import {
  Learner,
  newVector,
  SeededRandom,
  type Features,
  type FeatureVector,
  type LearnerDraw,
  type LearnerScore,
  type StoredLearner,
} from '../bandit/index.js';
import { fromCountLine, PropensityCounts, type CountLine, type StoredCounts } from '../propensity-counts.js';
import type { Prior } from '../smoothed-propensity.js';
import { COUNTS, featuresFor, settingsOf, STANDARD, type Challenger } from './challenger.js';
import { Seat, type StoredSeat } from './seat.js';

/** What one display tells. It names no person. */
export interface Lesson {
  model: string;
  features: Features;
  /** In [0, 1]. */
  reward: number;
  /** How much of an observation it is, in (0, 1]. */
  weight: number;
  /** What the control would have predicted. */
  control: number;
  prior?: Prior | null;
}

/** What the counts gain, and from here on the challengers of the standing two. */
export interface Notice {
  counts: CountLine[];
  challengers?: Challenger[];
}

/** One line of the update log, in its place: from 1, without gaps. */
export type LearningUpdate = { sequence: number } & (Lesson | Notice);

/** A seat that changed hands. */
export interface SeatChange {
  model: string;
  from: string;
  to: string;
}

/** What an update did. */
export interface Applied {
  /** What the standing models predicted before they learned; null where there was nothing to predict. */
  predicted: number | null;
  changes: SeatChange[];
}

export interface StoredLearningState {
  sequence: number;
  counts: StoredCounts;
  learner: StoredLearner;
  challengers: [challenger: Challenger, learner: StoredLearner][];
  seats: [model: string, seat: StoredSeat][];
}

interface Shadow {
  challenger: Challenger;
  learner: Learner;
}

/** Of the mean alone. */
const NO_DRAW: LearnerDraw = { component: 0, optimism: 0 };

/**
 * What has been learned up to one place in the update log: a pure function of the log, the same in every process to the last bit.
 * A model speaks only once it has beaten the counts, which are its control; challengers learn in the shadow, and speak once they
 * have beaten whoever does.
 */
export class LearningState {
  private at = 0;
  private speaking = 0;
  private readonly score: LearnerScore = { mean: 0, draw: 0 };
  private readonly shadows = new Map<string, Shadow>();
  private readonly seats = new Map<string, Seat>();

  constructor(
    readonly learner = new Learner(),
    readonly counts = new PropensityCounts(),
  ) {}

  /** A state that knows nothing of the lines up to `sequence`: a log whose beginning is gone goes on from there. */
  static after(sequence: number): LearningState {
    const state = new LearningState();
    state.at = sequence;
    return state;
  }

  /** The last update that is in it. */
  get sequence(): number {
    return this.at;
  }

  /** The models, in the order in which they began. */
  get models(): string[] {
    return [...this.learner.keys];
  }

  /** The challengers that learn. */
  get challengers(): Challenger[] {
    return [...this.shadows.values()].map(({ challenger }) => challenger);
  }

  /** Whether any model speaks. */
  get speaks(): boolean {
    return this.speaking > 0;
  }

  /** Who speaks for a model's offer and channel: the counts, the standing models, or a challenger. */
  speakerOf(model: string): string {
    return this.seats.get(model)?.champion ?? COUNTS;
  }

  /** Evidence of all who could take a model's seat. */
  contendersOf(model: string): { key: string; evidence: number }[] {
    const seat = this.seats.get(model) ?? new Seat();
    const others = [COUNTS, STANDARD, ...this.shadows.keys()].filter((key) => key !== seat.champion);
    return others.map((key) => ({ key, evidence: seat.evidenceOf(key, others.length) }));
  }

  /**
   * Takes in the next update.
   * @throws when an update was left out
   */
  apply(update: LearningUpdate): Applied {
    const { sequence } = update;
    if (sequence !== this.at + 1) throw new Error(`update ${sequence} cannot follow ${this.at}`);
    this.at = sequence;
    if (!('counts' in update)) return this.learn(update);
    for (const line of update.counts) this.counts.add(fromCountLine(line));
    return { predicted: null, changes: update.challengers ? this.declare(update.challengers) : [] };
  }

  /** Features made ready for {@link drawer} of the same speaker. */
  prepare(speaker: string, features: Features): FeatureVector {
    const shadow = this.shadows.get(speaker);
    return shadow
      ? shadow.learner.encode(featuresFor(shadow.challenger, features), newVector())
      : this.learner.encode(features, newVector());
  }

  /** Thompson's draws of one speaker for one decision: the same seed in the same state gives the same. */
  drawer(speaker: string, seed: string): (prepared: FeatureVector, model: string) => number {
    const learner = this.shadows.get(speaker)?.learner ?? this.learner;
    const draw = learner.draw(new SeededRandom(seed));
    return (prepared, model) => {
      learner.score(prepared, model, draw, this.score);
      return this.score.draw;
    };
  }

  /** What one speaker expects, without a draw. */
  expecter(speaker: string): (prepared: FeatureVector, model: string) => number {
    const learner = this.shadows.get(speaker)?.learner ?? this.learner;
    return (prepared, model) => {
      learner.score(prepared, model, NO_DRAW, this.score);
      return this.score.mean;
    };
  }

  store(): StoredLearningState {
    return {
      sequence: this.at,
      counts: this.counts.store(),
      learner: this.learner.store(),
      challengers: [...this.shadows.values()].map(({ challenger, learner }) => [challenger, learner.store()]),
      seats: [...this.seats].map(([model, seat]) => [model, seat.store()]),
    };
  }

  static restore(stored: StoredLearningState): LearningState {
    const state = new LearningState(Learner.restore(stored.learner), PropensityCounts.restore(stored.counts));
    state.at = stored.sequence;
    for (const [challenger, learner] of stored.challengers)
      state.shadows.set(challenger.key, {
        challenger,
        learner: Learner.restore(learner, settingsOf(challenger)),
      });
    for (const [model, seat] of stored.seats) state.seats.set(model, Seat.restore(seat));
    state.speaking = stored.seats.filter(([, { champion }]) => champion !== COUNTS).length;
    return state;
  }

  private learn({ model, features, reward, weight, control, prior }: Lesson): Applied {
    const observation = { model, reward, weight, prior: prior ?? undefined };
    const predicted = this.learner.learn({ ...observation, features });
    const predictions = new Map([
      [COUNTS, control],
      [STANDARD, predicted],
    ]);
    for (const [key, { challenger, learner }] of this.shadows)
      predictions.set(key, learner.learn({ ...observation, features: featuresFor(challenger, features) }));
    const seat = this.seatOf(model);
    const from = seat.champion;
    if (!seat.observe(predictions, reward, weight)) return { predicted, changes: [] };
    return { predicted, changes: [this.changed(model, from, seat.champion)] };
  }

  /** A challenger that is told of again as it was goes on; one that is told of otherwise begins anew. */
  private declare(challengers: readonly Challenger[]): SeatChange[] {
    const wanted = new Map(challengers.map((challenger) => [challenger.key, challenger]));
    const gone = new Set(
      [...this.shadows]
        .filter(([key, { challenger }]) => !sameAs(challenger, wanted.get(key)))
        .map(([key]) => key),
    );
    for (const key of gone) this.shadows.delete(key);
    for (const [key, challenger] of wanted)
      if (!this.shadows.has(key))
        this.shadows.set(key, { challenger, learner: new Learner(settingsOf(challenger)) });
    return [...this.seats].flatMap(([model, seat]) => {
      const from = seat.champion;
      return seat.dismiss(gone) ? [this.changed(model, from, seat.champion)] : [];
    });
  }

  private changed(model: string, from: string, to: string): SeatChange {
    if (from === COUNTS) this.speaking += 1;
    if (to === COUNTS) this.speaking -= 1;
    return { model, from, to };
  }

  private seatOf(model: string): Seat {
    let seat = this.seats.get(model);
    if (seat === undefined) this.seats.set(model, (seat = new Seat()));
    return seat;
  }
}

function sameAs(one: Challenger, other: Challenger | undefined): boolean {
  return other !== undefined && JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** The database keeps documents, not the order of their keys. */
function inOrder(challenger: Challenger): [string, unknown][] {
  return Object.entries(challenger).sort(([a], [b]) => (a < b ? -1 : 1));
}
