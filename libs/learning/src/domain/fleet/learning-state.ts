import {
  Learner,
  newVector,
  SeededRandom,
  type Features,
  type FeatureVector,
  type LearnerScore,
  type StoredLearner,
} from '../bandit/index.js';
import type { Prior } from '../smoothed-propensity.js';
import { advantageOf, ChampionTest, type StoredChampionTest } from './champion-test.js';

/** One line of the update log: all that learning needs. It names no person. */
export interface LearningUpdate {
  /** From 1, without gaps. */
  sequence: number;
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

export interface StoredLearningState {
  sequence: number;
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
    private readonly champions = new Map<string, ChampionTest>(),
  ) {}

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
   * @returns what the model predicted before it learned
   * @throws when an update was left out
   */
  apply(update: LearningUpdate): number {
    const { sequence, model, features, reward, weight, control, prior } = update;
    if (sequence !== this.at + 1) throw new Error(`update ${sequence} cannot follow ${this.at}`);
    const predicted = this.learner.learn({ model, features, reward, weight, prior: prior ?? undefined });
    const test = this.championOf(model);
    if (test.observe(weight * advantageOf(predicted, control, reward)))
      this.speaking += test.champion ? 1 : -1;
    this.at = sequence;
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
      learner: this.learner.store(),
      champions: [...this.champions].map(([model, test]) => [model, test.store()]),
    };
  }

  static restore({ sequence, learner, champions }: StoredLearningState): LearningState {
    const tests = champions.map(([model, test]): [string, ChampionTest] => [
      model,
      ChampionTest.restore(test),
    ]);
    const state = new LearningState(Learner.restore(learner), new Map(tests));
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
