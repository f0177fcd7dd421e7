import fc from 'fast-check';
import { SeededRandom } from '../bandit/index.js';
import { evaluateLog, evaluateOffPolicy, type LoggedChoice } from './index.js';

const RATES: Readonly<Record<string, number>> = { a: 0.1, b: 0.3, c: 0.5 };
const LOGGED: Readonly<Record<string, number>> = { a: 0.6, b: 0.3, c: 0.1 };
const TARGET = new Map([
  ['a', 0.2],
  ['b', 0.3],
  ['c', 0.5],
]);
const TRUTH = [...TARGET].reduce((sum, [action, share]) => sum + share * RATES[action]!, 0);

function logOf(seed: string, rounds: number, target: ReadonlyMap<string, number> = TARGET): LoggedChoice[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: rounds }, () => {
    const draw = random.next();
    const action = draw < 0.6 ? 'a' : draw < 0.9 ? 'b' : 'c';
    return { action, reward: random.next() < RATES[action]! ? 1 : 0, logged: LOGGED[action]!, target };
  });
}

describe('the evaluation of a log', () => {
  it('covers the truth about as often as it says, with every unbiased estimate', () => {
    const covered = { ips: 0, snipw: 0, dr: 0, gain: 0 };
    const earned = Object.keys(LOGGED).reduce((sum, action) => sum + LOGGED[action]! * RATES[action]!, 0);
    for (let run = 0; run < 200; run += 1) {
      const { estimates, gain, refused } = evaluateLog(logOf(`run-${run}`, 1500));
      expect(refused).toBeNull();
      const { ips, snipw, dr } = estimates!;
      for (const [name, one, truth] of [
        ['ips', ips, TRUTH],
        ['snipw', snipw, TRUTH],
        ['dr', dr!, TRUTH],
        ['gain', gain!, TRUTH - earned],
      ] as const)
        if (one.low <= truth && truth <= one.high) covered[name] += 1;
    }
    // 190 expected; 181 are five standard deviations below it.
    for (const count of Object.values(covered)) expect(count).toBeGreaterThanOrEqual(181);
  });

  it('gives the reward of the log to the policy of the log', () => {
    const same = new Map(Object.entries(LOGGED));
    const { logged, estimates, gain, meanWeight } = evaluateLog(logOf('same', 2000, same));
    expect(estimates?.ips.value).toBeCloseTo(logged.value);
    expect(estimates?.snipw.value).toBeCloseTo(logged.value);
    expect(meanWeight).toEqual({ value: 1, low: 1, high: 1 });
    expect(gain!.low).toBeLessThanOrEqual(0);
    expect(gain!.high).toBeGreaterThanOrEqual(0);
  });

  it('refuses where the effective sample is under 200, with the figures', () => {
    const few = evaluateLog(logOf('few', 150));
    expect(few).toMatchObject({ rounds: 150, estimates: null, gain: null });
    expect(few.refused).toContain('effective sample size');
    expect(few.effectiveSampleSize).toBeLessThan(200);
    expect(evaluateLog([])).toMatchObject({ rounds: 0, effectiveSampleSize: 0, estimates: null });
  });

  it('refuses where the log never tried what would be chosen, and where its probabilities cannot be', () => {
    const untried = new Map([
      ['a', 0.5],
      ['new', 0.5],
    ]);
    expect(evaluateLog(logOf('untried', 3000, untried)).refused).toContain('never tried some 50 %');
    const wrong = logOf('wrong', 3000).map((choice) => ({ ...choice, logged: choice.logged / 2 }));
    expect(evaluateLog(wrong).refused).toContain('do not fit');
  });

  it('is DR = IPS where the reward model says 0, and DR = DM where the model is always right', () => {
    const round = fc.record({
      reward: fc.double({ min: 0, max: 1, noNaN: true }),
      logged: fc.double({ min: 0.2, max: 1, noNaN: true }),
      target: fc.double({ min: 0.2, max: 1, noNaN: true }),
      ofTarget: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const rounds = fc.array(round, { minLength: 2000, maxLength: 2010 });
    fc.assert(
      fc.property(rounds, (all) => {
        const zero = evaluateOffPolicy(all.map((one) => ({ ...one, model: { ofLogged: 0, ofTarget: 0 } })));
        const right = evaluateOffPolicy(
          all.map(({ ofTarget, ...one }) => ({ ...one, model: { ofLogged: one.reward, ofTarget } })),
        );
        if (zero.refused || right.refused) throw new Error('refused');
        expect(zero.estimates.dr).toEqual(zero.estimates.ips);
        expect(zero.estimates.dm).toEqual({ value: 0, low: 0, high: 0 });
        expect(right.estimates.dr!.value).toBeCloseTo(right.estimates.dm!.value, 10);
      }),
      { numRuns: 10 },
    );
  });
});
