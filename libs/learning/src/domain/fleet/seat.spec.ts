import { SeededRandom } from '../bandit/index.js';
import { advantageOf, Seat } from './seat.js';

const RUNS = 200;
const RESPONSES = 2500;
const truth = (x: number) => 0.02 + 0.2 * x;
type Predictions = (x: number, random: SeededRandom) => Record<string, number>;

/** Share of runs in which anybody takes the seat from the counts; looked at after each response. */
function promotions(predict: Predictions): number {
  let promoted = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const random = new SeededRandom(`run-${run}`);
    const seat = new Seat();
    for (let at = 0; at < RESPONSES && seat.champion === 'counts'; at += 1) {
      const x = random.next();
      const reward = random.next() < truth(x) ? 1 : 0;
      seat.observe(new Map(Object.entries(predict(x, random))), reward, 1);
    }
    if (seat.champion !== 'counts') promoted += 1;
  }
  return promoted / RUNS;
}

describe('Seat', () => {
  it('goes to somebody who is no better in at most 5 % of runs, however many contend and however often one looks', () => {
    expect(promotions((x) => ({ counts: truth(x), standard: 0.15 }))).toBeLessThanOrEqual(0.05);
    // Off by as much as the counts, each in its own way: nobody is better.
    const off = (x: number, random: SeededRandom) => truth(x) * (random.next() < 0.5 ? 0.5 : 1.5);
    const equals: Predictions = (x, random) =>
      Object.fromEntries(['counts', 'standard', 'a', 'b', 'c'].map((key) => [key, off(x, random)]));
    expect(promotions(equals)).toBeLessThanOrEqual(0.05);
  });

  it('goes to the better one', () => {
    expect(promotions((x) => ({ counts: 0.04, standard: truth(x) }))).toBeGreaterThan(0.9);
    expect(
      promotions((x) => ({ counts: 0.04, standard: 0.04, a: truth(x), b: 0.05, c: 0.04 })),
    ).toBeGreaterThan(0.9);
  });

  it('goes from champion to a better challenger, and back to the counts when all fail', () => {
    const seat = new Seat();
    const random = new SeededRandom('hand');
    const held: string[] = [];
    const keen = (x: number) => (x < 0.5 ? 0.02 : 0.5);
    const world = [
      (x: number) => ({ counts: 0.26, standard: keen(x), a: 0.5 }),
      (x: number) => ({ counts: 0.26, standard: 0.6, a: keen(x) }),
      () => ({ counts: 0.26, standard: 0.9, a: 0.9 }),
    ];
    for (const predict of world) {
      for (let at = 0; at < 4000; at += 1) {
        const x = random.next();
        seat.observe(new Map(Object.entries(predict(x))), random.next() < keen(x) ? 1 : 0, 1);
      }
      held.push(seat.champion);
    }
    expect(held).toEqual(['standard', 'a', 'counts']);
  });

  it('falls to the counts when who held it is no more', () => {
    const seat = Seat.restore({ champion: 'a', wagers: [['counts', [3, 1, 1, 1, 1]]] });
    expect(seat.dismiss(new Set(['b']))).toBe(false);
    expect(seat.dismiss(new Set(['a']))).toBe(true);
    expect(seat.store()).toEqual({ champion: 'counts', wagers: [] });
  });

  it('is the same after it was stored and restored', () => {
    const seat = new Seat();
    for (let at = 0; at < 20; at += 1)
      seat.observe(new Map(Object.entries({ counts: 0.1, standard: 0.2 })), at % 5 === 0 ? 1 : 0, 0.7);
    const stored = structuredClone(seat.store());
    expect(Seat.restore(stored).store()).toEqual(stored);
  });

  it('measures advantage in shares of the longest loss', () => {
    expect(advantageOf(0.5, 0.5, 1)).toBe(0);
    expect(advantageOf(1, 0, 1)).toBeCloseTo(1, 1);
    expect(advantageOf(0, 1, 1)).toBeCloseTo(-1, 1);
  });
});
