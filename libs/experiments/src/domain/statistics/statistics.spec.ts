import fc from 'fast-check';
import { guardrailSchema, metricSchema } from '../definition/index.js';
import { normal, seededRandom } from '../testing/random.js';
import {
  chiSquareTail,
  cupedEstimates,
  differenceOf,
  estimateOf,
  evaluateExperiment,
  NO_MOMENTS,
  sampleRatio,
  verdictOf,
  withPerson,
  type Moments,
} from './index.js';

const accept = metricSchema.parse({ key: 'accept', of: 'accept' });
const revenue = metricSchema.parse({ key: 'revenue', of: 'revenue', currency: 'EUR' });

/** People of whom so many did it. */
function rate(people: number, yes: number): Moments {
  return { ...NO_MOMENTS, people, y: yes, yy: yes };
}

function observe(groups: { key: string; moments: Moments; weight?: number }[], more: object = {}) {
  return {
    variations: groups.map(({ key, moments, weight }) => ({
      key,
      people: moments.people,
      weight: weight ?? 1 / groups.length,
    })),
    metrics: [{ metric: accept, role: 'goal' as const, moments: groups.map(({ moments }) => moments) }],
    minimumPeople: 200,
    ...more,
  };
}

function verdict(observed: ReturnType<typeof observe>) {
  return verdictOf(observed, evaluateExperiment(observed));
}

describe('the chi-square distribution', () => {
  // Abramowitz and Stegun, table 26.8: percentage points.
  it.each([
    [3.84146, 1, 0.05],
    [10.828, 1, 0.001],
    [5.99147, 2, 0.05],
    [18.467, 4, 0.001],
    [124.342, 100, 0.05],
  ])('has %d at %d degrees of freedom for %d', (value, degrees, tail) => {
    expect(chiSquareTail(value, degrees)).toBeCloseTo(tail, 5);
  });
});

describe('the sample ratio', () => {
  it('bears what chance does, and not what it does not', () => {
    expect(sampleRatio([5050, 4950], [0.5, 0.5])).toMatchObject({ broken: false });
    expect(sampleRatio([5300, 4700], [0.5, 0.5])).toMatchObject({ broken: true });
    expect(sampleRatio([900, 100], [0.9, 0.1])).toEqual({ pValue: 1, broken: false });
    expect(sampleRatio([900, 1], [1, 0])).toEqual({ pValue: 0, broken: true });
    expect(sampleRatio([], [])).toEqual({ pValue: 1, broken: false });
  });

  it('calls one sound split in a thousand broken', () => {
    const random = seededRandom(7);
    let broken = 0;
    for (let run = 0; run < 4000; run += 1) {
      let first = 0;
      for (let person = 0; person < 400; person += 1) first += random() < 0.3 ? 1 : 0;
      if (sampleRatio([first, 400 - first], [0.3, 0.7]).broken) broken += 1;
    }
    expect(broken).toBeLessThanOrEqual(12);
  });
});

/** Adds people in place: simulations have millions. */
function addDay(to: Moments, people: number, draw: () => number): void {
  for (let person = 0; person < people; person += 1) {
    const value = draw();
    to.y += value;
    to.yy += value * value;
  }
  to.people += people;
}

/** Plays experiments that are looked at every day; says in how many the interval ever missed the truth. */
function missed(
  options: { runs: number; days: number; perDay: number; seed: number; truth: number },
  draw: (random: () => number, group: number) => number,
): number {
  const random = seededRandom(options.seed);
  let misses = 0;
  for (let run = 0; run < options.runs; run += 1) {
    const groups = [{ ...NO_MOMENTS }, { ...NO_MOMENTS }] as const;
    for (let day = 0; day < options.days; day += 1) {
      groups.forEach((group, number) => addDay(group, options.perDay, () => draw(random, number)));
      const { lower, upper } = differenceOf(estimateOf(groups[0]), estimateOf(groups[1]), 0.05);
      if (lower > options.truth || upper < options.truth) {
        misses += 1;
        break;
      }
    }
  }
  return misses / options.runs;
}

describe('a confidence sequence', () => {
  const daily = { runs: 500, days: 60, perDay: 100, truth: 0 };

  it.each([0.01, 0.05, 0.3])(
    'misses the truth in at most 5 %% of experiments looked at daily, rate %d',
    (p) => {
      const share = missed({ ...daily, seed: 11 }, (random) => (random() < p ? 1 : 0));
      expect(share).toBeLessThanOrEqual(0.05);
    },
  );

  it('misses it as seldom for revenue, where few pay and what they pay varies', () => {
    const share = missed({ ...daily, seed: 12 }, (random) =>
      random() < 0.1 ? Math.exp(3 + 0.8 * normal(random)) : 0,
    );
    expect(share).toBeLessThanOrEqual(0.05);
  });

  it('misses it as seldom where there is a difference', () => {
    const share = missed({ ...daily, seed: 13, truth: 0.02 }, (random, group) =>
      random() < 0.1 + 0.02 * group ? 1 : 0,
    );
    expect(share).toBeLessThanOrEqual(0.05);
  });

  it('would be missed many times as often by a test that is repeated daily', () => {
    const random = seededRandom(14);
    let alarms = 0;
    for (let run = 0; run < 500; run += 1) {
      const groups = [{ ...NO_MOMENTS }, { ...NO_MOMENTS }] as const;
      for (let day = 0; day < 60; day += 1) {
        for (const group of groups) addDay(group, 100, () => (random() < 0.3 ? 1 : 0));
        const [a, b] = [estimateOf(groups[0]), estimateOf(groups[1])];
        if (Math.abs(b.mean - a.mean) > 1.96 * Math.sqrt((a.variance + b.variance) / a.people)) {
          alarms += 1;
          break;
        }
      }
    }
    expect(alarms / 500).toBeGreaterThan(0.2);
  });

  it('narrows as people come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 100_000 }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (people, variance) => {
          const width = (count: number) => {
            const group = { people: count, mean: 0, variance };
            const { lower, upper } = differenceOf(group, group, 0.05);
            return upper - lower;
          };
          expect(width(people * 2)).toBeLessThan(width(people));
        },
      ),
    );
  });
});

describe('CUPED', () => {
  function group(random: () => number, people: number, effect: number): Moments {
    let moments: Moments = NO_MOMENTS;
    for (let person = 0; person < people; person += 1) {
      const before = 10 + 3 * normal(random);
      moments = withPerson(moments, before + normal(random) + effect, before);
    }
    return moments;
  }

  it('takes out what was foretold and leaves the effect', () => {
    const random = seededRandom(21);
    const groups = [group(random, 5000, 0), group(random, 5000, 0.2)];
    const [plain, cuped] = [groups.map(estimateOf), cupedEstimates(groups)];
    expect(cuped[0]!.variance).toBeLessThan(plain[0]!.variance / 5);
    expect(cuped[1]!.mean - cuped[0]!.mean).toBeCloseTo(0.2, 1);
    expect(differenceOf(plain[0]!, plain[1]!, 0.05).lower).toBeLessThan(0);
    expect(differenceOf(cuped[0]!, cuped[1]!, 0.05).lower).toBeGreaterThan(0);
  });

  it('changes nothing where nothing is known of before', () => {
    const groups = [rate(100, 10), rate(100, 20)];
    expect(cupedEstimates(groups)).toEqual(groups.map(estimateOf));
  });
});

describe('the verdict', () => {
  it('names the winner', () => {
    const found = verdict(
      observe([
        { key: 'a', moments: rate(10_000, 500) },
        { key: 'b', moments: rate(10_000, 800) },
      ]),
    );
    expect(found).toMatchObject({ kind: 'winner', variation: 'b', stop: false });
    expect(found.sentence).toMatch(
      /^b wins: accept 8 % instead of 5 %, \+60 % \(between \+\d+.*95 %, however often/,
    );
  });

  it('names the control when all else is worse', () => {
    const found = verdict(
      observe([
        { key: 'a', moments: rate(10_000, 800) },
        { key: 'b', moments: rate(10_000, 500) },
      ]),
    );
    expect(found).toMatchObject({ kind: 'control-wins', variation: 'a' });
  });

  it('waits while there is no difference, and while there are too few', () => {
    const close = observe([
      { key: 'a', moments: rate(1000, 50) },
      { key: 'b', moments: rate(1000, 54) },
    ]);
    expect(verdict(close)).toMatchObject({ kind: 'no-difference-yet', variation: null });
    const few = observe([
      { key: 'a', moments: rate(100, 0) },
      { key: 'b', moments: rate(100, 100) },
    ]);
    expect(verdict(few)).toMatchObject({ kind: 'too-early', variation: null });
  });

  it('believes nothing of a broken split', () => {
    const found = verdict(
      observe([
        { key: 'a', moments: rate(10_000, 500) },
        { key: 'b', moments: rate(9_000, 800) },
      ]),
    );
    expect(found).toMatchObject({ kind: 'broken-split', variation: null, stop: false });
    expect(found.sentence).toContain('Believe no figure');
  });

  it('stops where a guardrail is certainly harmed by more than is tolerated', () => {
    const spending = (mean: number): Moments => {
      const people = 10_000;
      return { ...NO_MOMENTS, people, y: mean * people, yy: people * (mean * mean + 100) };
    };
    const guarded = (tolerance: number) => {
      const metric = guardrailSchema.parse({ ...revenue, tolerance });
      const goal = [rate(10_000, 500), rate(10_000, 800)];
      const observed = observe([
        { key: 'a', moments: goal[0]! },
        { key: 'b', moments: goal[1]! },
      ]);
      const guardrail = { metric, role: 'guardrail' as const, moments: [spending(20), spending(18)] };
      return verdict({ ...observed, metrics: [...observed.metrics, guardrail as never] });
    };
    expect(guarded(0.02)).toMatchObject({ kind: 'guardrail-harmed', variation: 'b', stop: true });
    expect(guarded(0.2)).toMatchObject({ kind: 'winner', variation: 'b', stop: false });
  });

  it('finds a false winner in at most 5 % of experiments with four variations looked at daily', () => {
    const random = seededRandom(31);
    const runs = 400;
    let winners = 0;
    for (let run = 0; run < runs; run += 1) {
      const groups = ['a', 'b', 'c', 'd'].map((key) => ({ key, moments: { ...NO_MOMENTS } }));
      for (let day = 0; day < 30; day += 1) {
        for (const { moments } of groups) addDay(moments, 100, () => (random() < 0.05 ? 1 : 0));
        const { kind } = verdict(observe(groups));
        if (kind === 'winner') {
          winners += 1;
          break;
        }
      }
    }
    expect(winners / runs).toBeLessThanOrEqual(0.05);
  });
});
