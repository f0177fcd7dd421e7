import { Learner, SeededRandom, type LearnerScore } from '@repartee/learning/domain';
import type { Round } from './streams.js';

/** How a stream went. `loss` is the mean of 1 − reward; `regret` is known for simulated streams. */
export interface PlayResult {
  rounds: number;
  actions: number;
  loss: number;
  regret: number | null;
  /** Mean regret in each quarter of the stream. */
  regretByQuarter: number[] | null;
  /** How often a fresh model has taken over after drift. */
  takeOvers: number;
  seconds: number;
}

/** Plays a stream: chooses from the features alone, sees the reward of the chosen action only, learns. */
export function play(rounds: readonly Round[], seed: number): PlayResult {
  const learner = new Learner();
  const random = new SeededRandom(seed);
  const score: LearnerScore = { mean: 0, draw: 0 };
  const played = new Set<number>();
  const quarters = [0, 0, 0, 0];
  let reward = 0;
  const start = performance.now();
  rounds.forEach((round, at) => {
    const action = choose(learner, round, random, score);
    const earned = round.rewardOf(action);
    learner.learn({ model: String(action), features: round.features, reward: earned });
    for (const each of round.actions) played.add(each);
    reward += earned;
    quarters[Math.floor((4 * at) / rounds.length)]! += round.regretOf?.(action) ?? 0;
  });
  const seconds = (performance.now() - start) / 1000;
  const simulated = rounds[0]?.regretOf != null;
  const sizes = [0, 1, 2, 3].map((quarter) => quarterSize(rounds.length, quarter));
  const takeOvers = [...learner.keys].reduce((sum, key) => sum + learner.historyOf(key).takeOvers, 0);
  return {
    rounds: rounds.length,
    actions: played.size,
    loss: 1 - reward / rounds.length,
    regret: simulated ? quarters.reduce((sum, each) => sum + each, 0) / rounds.length : null,
    regretByQuarter: simulated ? quarters.map((sum, quarter) => sum / Math.max(1, sizes[quarter]!)) : null,
    takeOvers,
    seconds,
  };
}

function choose(learner: Learner, round: Round, random: SeededRandom, score: LearnerScore): number {
  const vector = learner.encode(round.features);
  const draw = learner.draw(random);
  let best = -1;
  let chosen = round.actions[0]!;
  for (const action of round.actions) {
    learner.score(vector, String(action), draw, score);
    if (score.draw <= best) continue;
    best = score.draw;
    chosen = action;
  }
  return chosen;
}

function quarterSize(rounds: number, quarter: number): number {
  return Math.ceil(((quarter + 1) * rounds) / 4) - Math.ceil((quarter * rounds) / 4);
}
