import { SeededRandom } from '../bandit/index.js';
import { advantageOf, ChampionTest } from './champion-test.js';

const RUNS = 400;
const RESPONSES = 3000;

/** Share of runs in which the challenger is ever promoted; looked at after each response. */
function promotions(challenger: (x: number) => number, control: (x: number) => number): number {
  let promoted = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const random = new SeededRandom(`run-${run}`);
    const test = new ChampionTest();
    for (let at = 0; at < RESPONSES && !test.champion; at += 1) {
      const x = random.next();
      const reward = random.next() < 0.02 + 0.2 * x ? 1 : 0;
      test.observe(advantageOf(challenger(x), control(x), reward));
    }
    if (test.champion) promoted += 1;
  }
  return promoted / RUNS;
}

describe('ChampionTest', () => {
  it('promotes a challenger that is no better in at most 5 % of runs, however often it is looked at', () => {
    const truth = (x: number) => 0.02 + 0.2 * x;
    expect(promotions(() => 0.15, truth)).toBeLessThanOrEqual(0.05);
    // Equally far from the truth on average: neither is better.
    expect(
      promotions(
        (x) => truth(1 - x),
        (x) => truth(1 - x),
      ),
    ).toBeLessThanOrEqual(0.05);
  });

  it('promotes a better one', () => {
    expect(
      promotions(
        (x) => 0.02 + 0.2 * x,
        () => 0.04,
      ),
    ).toBeGreaterThan(0.9);
  });

  it('hands back to the control when the champion fails', () => {
    const test = new ChampionTest();
    let responses = 0;
    while (!test.champion && responses < 10_000) {
      test.observe(advantageOf(0.01, 0.3, 0));
      responses += 1;
    }
    expect(test.champion).toBe(true);
    while (test.champion && responses < 20_000) {
      test.observe(advantageOf(0.01, 0.3, 1));
      responses += 1;
    }
    expect(test.champion).toBe(false);
  });

  it('is the same after it was stored and restored', () => {
    const test = new ChampionTest();
    for (let at = 0; at < 20; at += 1) test.observe(0.1);
    expect(ChampionTest.restore(structuredClone(test.store())).store()).toEqual(test.store());
  });
});
