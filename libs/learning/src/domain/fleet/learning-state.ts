import {
  Learner,
  newVector,
  SeededRandom,
  type Features,
  type FeatureVector,
  type LearnerScore,
  type StoredLearner,
} from '../bandit/index.js';
import { fromCountLine, PropensityCounts, type CountLine, type StoredCounts } from '../propensity-counts.js';
import type { Prior } from '../smoothed-propensity.js';
import { advantageOf, ChampionTest, type StoredChampionTest } from './champion-test.js';

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

/** One line of the update log, in its place: from 1, without gaps. */
export type LearningUpdate = { sequence: number } & (Lesson | { counts: CountLine[] });

export interface StoredLearningState {
  sequence: number;
  counts: StoredCounts;
  learner: StoredLearner;
  champions: [model: string, test: StoredChampionTest][];
}

/**
 * What has been learned up to one place in the update log: a pure function of the log, the same in every process to the last bit.
 * A model speaks only once it has beaten its control; until then, and again when it no longer does, the control speaks.
 */
export class LearningState {
  private at = 0;
  private speaking = 0;
  private readonly score: LearnerScore = { mean: 0, draw: 0 };

  constructor(
    readonly learner = new Learner(),
    readonly counts = new PropensityCounts(),
    private readonly champions = new Map<string, ChampionTest>(),
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

  /** Whether the model of this key speaks. */
  isChampion(model: string): boolean {
    return this.champions.get(model)?.champion ?? false;
  }

  /** The models, in the order in which they began. */
  get models(): string[] {
    return [...this.learner.keys];
  }

  /** Capital of the wager under way; 20 changes places. */
  evidenceOf(model: string): number {
    return this.champions.get(model)?.evidence ?? 1;
  }

  /**
   * Takes in the next update.
   * @returns what the model predicted before it learned; null for a line of counts
   * @throws when an update was left out
   */
  apply(update: LearningUpdate): number | null {
    const { sequence } = update;
    if (sequence !== this.at + 1) throw new Error(`update ${sequence} cannot follow ${this.at}`);
    this.at = sequence;
    if (!('counts' in update)) return this.learn(update);
    for (const line of update.counts) this.counts.add(fromCountLine(line));
    return null;
  }

  private learn({ model, features, reward, weight, control, prior }: Lesson): number {
    const predicted = this.learner.learn({ model, features, reward, weight, prior: prior ?? undefined });
    const test = this.championOf(model);
    if (test.observe(weight * advantageOf(predicted, control, reward)))
      this.speaking += test.champion ? 1 : -1;
    return predicted;
  }

  /** Whether any model speaks. */
  get speaks(): boolean {
    return this.speaking > 0;
  }

  /** Features made ready for {@link drawer}. */
  prepare(features: Features): FeatureVector {
    return this.learner.encode(features, newVector());
  }

  /** Thompson's draws for one decision: the same seed in the same state gives the same. */
  drawer(seed: string): (prepared: FeatureVector, model: string) => number {
    const draw = this.learner.draw(new SeededRandom(seed));
    return (prepared, model) => {
      this.learner.score(prepared, model, draw, this.score);
      return this.score.draw;
    };
  }

  store(): StoredLearningState {
    return {
      sequence: this.at,
      counts: this.counts.store(),
      learner: this.learner.store(),
      champions: [...this.champions].map(([model, test]) => [model, test.store()]),
    };
  }

  static restore({ sequence, counts, learner, champions }: StoredLearningState): LearningState {
    const tests = champions.map(([model, test]): [string, ChampionTest] => [
      model,
      ChampionTest.restore(test),
    ]);
    const state = new LearningState(
      Learner.restore(learner),
      PropensityCounts.restore(counts),
      new Map(tests),
    );
    state.at = sequence;
    state.speaking = tests.filter(([, test]) => test.champion).length;
    return state;
  }

  private championOf(model: string): ChampionTest {
    let test = this.champions.get(model);
    if (test === undefined) this.champions.set(model, (test = new ChampionTest()));
    return test;
  }
}
