import fc from 'fast-check';
import { sampleWorld, type WorldOptions } from '../testing/sample-world.js';
import { Learner, type LearnerObservation } from './learner.js';
import { SeededRandom } from './seeded-random.js';

interface Played {
  learner: Learner;
  /** Mean regret of each quarter of the rounds, of the learner and of choosing at random. */
  regret: number[];
  random: number[];
}

function play(options: WorldOptions): Played {
  const learner = new Learner();
  const draws = new SeededRandom(`${options.seed}/draws`);
  const regret = [0, 0, 0, 0];
  const random = [0, 0, 0, 0];
  const score = { mean: 0, draw: 0 };
  let at = 0;
  for (const { features, chances, responses, eligible } of sampleWorld(options)) {
    const vector = learner.encode(features);
    const draw = learner.draw(draws);
    let chosen = eligible[0]!;
    let highest = -1;
    for (const offer of eligible) {
      learner.score(vector, `offer-${offer}`, draw, score);
      if (score.draw > highest) [chosen, highest] = [offer, score.draw];
    }
    const best = Math.max(...eligible.map((offer) => chances[offer]!));
    const mean = eligible.reduce((sum, offer) => sum + chances[offer]!, 0) / eligible.length;
    const quarter = Math.floor((4 * at++) / options.rounds);
    regret[quarter]! += (4 * (best - chances[chosen]!)) / options.rounds;
    random[quarter]! += (4 * (best - mean)) / options.rounds;
    learner.learn({ model: `offer-${chosen}`, features, reward: responses[chosen]! });
  }
  return { learner, regret, random };
}

const takeOvers = (learner: Learner): number =>
  [...learner.keys].reduce((sum, key) => sum + learner.historyOf(key).takeOvers, 0);

const observations: fc.Arbitrary<LearnerObservation[]> = fc.array(
  fc.record({
    model: fc.constantFrom('a', 'b', 'c'),
    features: fc.dictionary(
      fc.constantFrom('x', 'y', 'z'),
      fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constantFrom('p', 'q')),
    ),
    reward: fc.constantFrom(0, 0, 1),
    weight: fc.constantFrom(1, 0.4),
  }),
  { minLength: 1, maxLength: 80 },
);

describe('Learner', () => {
  it('finds out who likes what, among few offers and many', () => {
    for (const offers of [4, 24]) {
      const { regret, random } = play({ seed: `still-${offers}`, rounds: 8000, offers, base: -2 });
      expect(regret[3]! / random[3]!).toBeLessThan(0.3);
    }
  });

  it('takes up offers that are launched later', () => {
    const { regret, random } = play({ seed: 'launch', rounds: 8000, offers: 12, base: -2, launchAt: 4000 });
    expect(regret[3]! / random[3]!).toBeLessThan(0.3);
  });

  it('begins anew with offers that drift, and with none in a world that stands still', () => {
    const drifting = play({ seed: 'drift', rounds: 16_000, offers: 8, base: -2, driftAt: 8000 });
    expect(takeOvers(drifting.learner)).toBeGreaterThan(0);
    expect(drifting.regret[3]! / drifting.random[3]!).toBeLessThan(0.3);
    expect(takeOvers(play({ seed: 'still', rounds: 16_000, offers: 8, base: -2 }).learner)).toBe(0);
  });

  it('starts a new offer from what all offers have in common', () => {
    const learner = new Learner();
    for (let at = 0; at < 2000; at += 1)
      learner.learn({
        model: `old-${at % 5}`,
        features: { keen: at % 2 === 0 ? 'yes' : 'no' },
        reward: at % 2 === 0 ? 1 : 0,
      });
    const score = { mean: 0, draw: 0 };
    const meanFor = (keen: string) => {
      learner.score(learner.encode({ keen }), 'new', { component: 0, optimism: 0 }, score);
      return score.mean;
    };
    expect(meanFor('yes')).toBeGreaterThan(5 * meanFor('no'));
  });

  it('believes the marketer until it has evidence', () => {
    const learner = new Learner();
    const observation = { model: 'a', features: {}, reward: 0, prior: { mean: 0.4, strength: 200 } };
    learner.learn(observation);
    const score = { mean: 0, draw: 0 };
    learner.score(learner.encode({}), 'a', { component: 0, optimism: 0 }, score);
    expect(score.mean).toBeCloseTo(0.4, 1);
    for (let at = 0; at < 2000; at += 1) learner.learn(observation);
    learner.score(learner.encode({}), 'a', { component: 0, optimism: 0 }, score);
    expect(score.mean).toBeLessThan(0.1);
  });

  it('never leaves the floor', () => {
    fc.assert(
      fc.property(observations, fc.double({ min: 0, max: 5, noNaN: true }), (all, optimism) => {
        const learner = new Learner();
        const score = { mean: 0, draw: 0 };
        for (const observation of all) {
          learner.score(
            learner.encode(observation.features),
            observation.model,
            { component: 1, optimism },
            score,
          );
          for (const value of [score.mean, score.draw]) {
            expect(value).toBeGreaterThanOrEqual(0.001);
            expect(value).toBeLessThanOrEqual(0.999);
          }
          learner.learn(observation);
        }
      }),
    );
  });

  it('is the same after it was stored and restored at any point, to the last bit', () => {
    fc.assert(
      fc.property(observations, fc.nat(80), (all, cut) => {
        const whole = new Learner();
        for (const observation of all) whole.learn(observation);
        let resumed = new Learner();
        all.forEach((observation, at) => {
          if (at === cut) resumed = Learner.restore(structuredClone(resumed.store()));
          resumed.learn(observation);
        });
        expect(resumed.store()).toEqual(whole.store());
      }),
    );
  });

  it('draws the same from the same seed', () => {
    const learner = new Learner();
    const draw = (seed: string) => learner.draw(new SeededRandom(seed));
    expect(draw('d1')).toEqual(draw('d1'));
    expect(draw('d1')).not.toEqual(draw('d2'));
  });
});
