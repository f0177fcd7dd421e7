import { DriftTest } from './drift-test.js';
import { SeededRandom } from './seeded-random.js';

const SETTINGS = { driftThreshold: 7, driftFactor: 2, driftMinimum: 30 };

/** Responses until the alarm, or null. */
function waitFor(seed: string, predicted: number, chance: number, longest: number): number | null {
  const random = new SeededRandom(seed);
  const test = new DriftTest();
  for (let at = 1; at <= longest; at += 1)
    if (test.observe(predicted, random.next() < chance ? 1 : 0, 1, SETTINGS)) return at;
  return null;
}

const SEEDS = Array.from({ length: 100 }, (_, at) => `seed-${at}`);

describe('DriftTest', () => {
  it('seldom alarms while the prediction is right', () => {
    const alarms = SEEDS.filter((seed) => waitFor(seed, 0.1, 0.1, 1000) !== null);
    // Mean wait ≥ e⁷ ≈ 1097 for each of the two directions; in truth it is far longer.
    expect(alarms.length).toBeLessThanOrEqual(10);
  });

  it('sees a rate that doubles or halves', () => {
    for (const chance of [0.4, 0.1])
      for (const seed of SEEDS) expect(waitFor(seed, 0.2, chance, 2000)).not.toBeNull();
  });
});
