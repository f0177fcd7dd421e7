import fc from 'fast-check';
import { SeededRandom } from '../bandit/index.js';
import { bernoulliThompsonShares, gammaDraw } from './bernoulli-thompson.js';
import { effectiveSampleSize, evaluateOffPolicy, type LoggedRound } from './off-policy.js';

const RATES = [0.05, 0.1, 0.2, 0.4];
const TARGET = [0.1, 0.2, 0.3, 0.4];
const TRUTH = RATES.reduce((sum, rate, action) => sum + rate * TARGET[action]!, 0);

function logOf(seed: string, rounds: number): LoggedRound[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: rounds }, () => {
    const action = Math.floor(random.next() * 4);
    const reward = random.next() < RATES[action]! ? 1 : 0;
    return {
      reward,
      logged: 0.25,
      target: TARGET[action]!,
      model: { ofLogged: RATES[action]! + 0.05, ofTarget: TRUTH + 0.05 },
    };
  });
}

describe('evaluateOffPolicy', () => {
  it('covers the truth with IPS, SNIPW and DR about as often as it says', () => {
    const covered = { ips: 0, snipw: 0, dr: 0 };
    for (let run = 0; run < 200; run += 1) {
      const result = evaluateOffPolicy(logOf(`run-${run}`, 1000));
      if (result.refused) throw new Error(result.reason);
      for (const name of ['ips', 'snipw', 'dr'] as const) {
        const { low, high } = result.estimates[name]!;
        if (low <= TRUTH && TRUTH <= high) covered[name] += 1;
      }
    }
    for (const count of Object.values(covered)) expect(count).toBeGreaterThanOrEqual(180);
  });

  it('refuses when the effective sample is under 200', () => {
    expect(evaluateOffPolicy(logOf('few', 150)).refused).toBe(true);
    expect(evaluateOffPolicy([]).refused).toBe(true);
    const skewed = logOf('skewed', 5000).map((round, at) => ({ ...round, target: at < 100 ? 1 : 0.0001 }));
    expect(evaluateOffPolicy(skewed)).toMatchObject({ refused: true, rounds: 5000 });
  });

  it('leaves out DM and DR without a reward model', () => {
    const rounds = logOf('bare', 1000).map(({ reward, logged, target }) => ({ reward, logged, target }));
    expect(evaluateOffPolicy(rounds)).toMatchObject({ estimates: { dm: null, dr: null } });
  });

  it('counts an effective sample between 0 and the rounds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (weights) => {
        const sample = effectiveSampleSize(weights);
        expect(sample).toBeGreaterThanOrEqual(0);
        expect(sample).toBeLessThanOrEqual(weights.length + 1e-9);
      }),
    );
  });
});

describe('bernoulliThompsonShares', () => {
  it('gives each place away once, the first mostly to the best', () => {
    const shares = bernoulliThompsonShares(
      { alpha: [1, 20, 5], beta: [99, 80, 95] },
      2,
      2000,
      new SeededRandom(1),
    );
    for (const place of [0, 1]) expect(shares.reduce((sum, of) => sum + of[place]!, 0)).toBeCloseTo(1);
    expect(shares[1]![0]).toBeGreaterThan(0.95);
  });

  it('draws from the gamma distribution', () => {
    const random = new SeededRandom('gamma');
    for (const shape of [0.5, 3]) {
      const draws = Array.from({ length: 20_000 }, () => gammaDraw(shape, random));
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      expect(mean).toBeCloseTo(shape, 1);
    }
  });
});
