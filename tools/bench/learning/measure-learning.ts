import { LearningState, modelKey, SeededRandom, STANDARD, type Features } from '@repartee/learning/domain';
import type { Bench } from '../bench.js';
import { latencyOf, type Round } from '../figures.js';

const OFFERS = Array.from({ length: 20 }, (_, index) => modelKey(`offer-${index}`, 'web'));
const NUMBERS = 30;
const MARKS = 20;
/** Responses that are learnt before anything is measured: what is done in young code is no measure. */
const TAUGHT = 5_000;
const MICROSECONDS = 1_000;

/** People of fifty features, and what they say to offers. */
class Crowd {
  private readonly random = new SeededRandom('bench');

  /** Thirty numbers, and twenty marks of which a person has some half. */
  features(): Features {
    const features: Record<string, number | boolean> = {};
    for (let index = 0; index < NUMBERS; index += 1) features[`number-${index}`] = this.random.gaussian();
    for (let index = 0; index < MARKS; index += 1) features[`mark-${index}`] = this.random.next() < 0.5;
    return features;
  }

  /** Offer by offer another number counts. */
  lesson(offer: number) {
    const features = this.features();
    const chance = 1 / (1 + Math.exp(2 - Number(features[`number-${offer}`])));
    const reward = this.random.next() < chance ? 1 : 0;
    return { model: OFFERS[offer]!, features, reward, weight: 1, control: 0.15 };
  }
}

/** What it takes to learn from a response, and to score twenty offers for a person: models that speak, full covariance. */
export function measureLearning(bench: Bench): void {
  const { rounds, quick } = bench.plan;
  const crowd = new Crowd();
  const state = new LearningState();
  const learn = (count: number): number => {
    let taken = 0;
    // A lesson for each offer at a time: thousands that lie ready would be carried from collection to collection.
    for (let learnt = 0; learnt < count; learnt += OFFERS.length) {
      const lessons = OFFERS.map((_, offer) => crowd.lesson(offer));
      const start = performance.now();
      for (const lesson of lessons) state.apply({ ...lesson, sequence: state.sequence + 1 });
      taken += performance.now() - start;
    }
    return (taken * MICROSECONDS) / count;
  };
  bench.progress('Learning, 20 offers, 50 features');
  learn(TAUGHT);
  const learnt: Round[] = [];
  const scored: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const each = learn(quick ? 500 : 5_000);
    const latency = score(state, crowd, quick ? 200 : 5_000);
    bench.progress(
      `  round ${round}: ${each.toFixed(1)} µs a response; 20 offers p99 ${latency.p99.toFixed(3)} ms`,
    );
    learnt.push({ rate: each });
    scored.push({ latency });
  }
  const goal = { atMost: 50 };
  bench.record({ key: 'learn', title: 'Learning from a response, 50 features', unit: 'µs', goal }, learnt);
  const title = 'Scoring 20 offers of 50 features, p99';
  bench.record({ key: 'score', title, unit: 'ms', goal: { atMost: 0.25 } }, scored);
}

function score(state: LearningState, crowd: Crowd, people: number) {
  const taken: number[] = [];
  for (let person = 0; person < people; person += 1) {
    const features = crowd.features();
    const start = performance.now();
    const prepared = state.prepare(STANDARD, features);
    const draw = state.drawer(STANDARD, `decision-${person}`);
    for (const offer of OFFERS) draw(prepared, offer);
    taken.push(performance.now() - start);
  }
  return latencyOf(taken);
}
