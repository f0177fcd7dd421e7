import fc from 'fast-check';
import { SeededRandom } from '../bandit/index.js';
import { areaUnderCurve, calibrationError, calibrationOf, maturityOf } from './measures.js';
import { LEAST_BIN, predictorsOf } from './predictors.js';
import { modelWords, predictorWords } from './words.js';

const predictions = fc.array(
  fc.record({
    predicted: fc.double({ min: 0, max: 1, noNaN: true }),
    reward: fc.constantFrom(0, 1),
    weight: fc.constant(1),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('the measures of a model', () => {
  it('count pairs in which the yes was predicted higher', () => {
    fc.assert(
      fc.property(predictions, (all) => {
        const yes = all.filter(({ reward }) => reward === 1);
        const no = all.filter(({ reward }) => reward === 0);
        const won = yes.flatMap((a) =>
          no.map((b) => (a.predicted > b.predicted ? 1 : a.predicted === b.predicted ? 0.5 : 0)),
        );
        const auc = areaUnderCurve(all);
        if (won.length === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(won.reduce<number>((sum, each) => sum + each, 0) / won.length, 9);
      }),
    );
  });

  it('put what was predicted beside what came', () => {
    const random = new SeededRandom('calibration');
    const honest = Array.from({ length: 20_000 }, () => {
      const predicted = random.next();
      return { predicted, reward: random.next() < predicted ? 1 : 0, weight: 1 };
    });
    const bins = calibrationOf(honest);
    expect(bins).toHaveLength(10);
    expect(calibrationError(bins)).toBeLessThan(0.02);
    const boasting = honest.map((each) => ({ ...each, predicted: Math.min(1, each.predicted + 0.2) }));
    expect(calibrationError(calibrationOf(boasting))).toBeGreaterThan(0.1);
    expect(calibrationError(calibrationOf([]))).toBe(0);
  });

  it('call a model mature once it has heard enough', () => {
    expect([maturityOf(0, 0), maturityOf(500, 20), maturityOf(5000, 20), maturityOf(1000, 50)]).toEqual([
      'new',
      'learning',
      'learning',
      'mature',
    ]);
  });
});

describe('predictors', () => {
  const random = new SeededRandom('predictors');
  const evidence = Array.from({ length: 4000 }, (_, at) => {
    const plan = ['free', 'gold', 'rare'][at % 50 === 0 ? 2 : at % 2]!;
    const visits = Math.floor(random.next() * 20);
    const reward = random.next() < (plan === 'gold' ? 0.4 : 0.1) ? 1 : 0;
    return { features: { plan, visits, ...(at % 3 === 0 && { seen: true }) }, reward, weight: 1 };
  });

  it('are listed with the most telling first', () => {
    const [first, second] = predictorsOf(evidence);
    expect(first).toMatchObject({ name: 'plan', kind: 'category' });
    expect(first!.auc).toBeGreaterThan(0.65);
    expect(second!.auc).toBeLessThan(0.58);
    const gold = first!.bins.find(({ label }) => label === 'gold')!;
    expect(gold.lift).toBeCloseTo(1.6, 0);
    expect(gold.z).toBeGreaterThan(5);
  });

  it('have bins of at least 5 % and lose no response', () => {
    for (const { name, bins } of predictorsOf(evidence)) {
      expect(bins.reduce((sum, bin) => sum + bin.responses, 0)).toBe(evidence.length);
      const sized = bins.filter(({ label }) => label !== 'other' && label !== 'missing');
      expect({ name, small: sized.filter((bin) => bin.responses < LEAST_BIN * evidence.length) }).toEqual({
        name,
        small: [],
      });
    }
    expect(predictorsOf([])).toEqual([]);
    // A number that is known of few.
    const rare = evidence.map((one, at) => ({ ...one, features: at % 10 === 0 ? { rare: at } : {} }));
    const [found] = predictorsOf(rare);
    expect(found!.bins.map(({ responses }) => responses)).toEqual([200, 200, 3600]);
    expect(found!.responses).toBe(400);
  });
});

describe('health in words', () => {
  const figures = {
    maturity: 'mature' as const,
    speaks: true,
    responses: 4000,
    restarts: 1,
    auc: 0.71,
    calibrationError: 0.011,
  };

  it('says how a model does', () => {
    expect(modelWords(figures)).toBe(
      'It has heard enough to be relied on: 4000 responses. It has proved better than plain counts and is used. Given somebody who says yes and somebody who does not, it tells which is which in 71 % of cases (good). What it predicts is what comes. It began anew once because the world had changed.',
    );
    expect(modelWords({ ...figures, maturity: 'new', speaks: false, responses: 12, restarts: 0 })).toBe(
      'It has heard too little yet to be judged: 12 responses. It has not proved better than plain counts, so the counts are used.',
    );
    expect(modelWords({ ...figures, calibrationError: 0.2 })).toContain('off by 20 % on average');
  });

  it('says how much a fact tells, and never makes much of chance', () => {
    const bin = { label: 'gold', responses: 500, rate: 0.4, lift: 2, z: 9 };
    const words = predictorWords({
      name: 'plan',
      auc: 0.72,
      responses: 900,
      bins: [bin, { ...bin, label: 'free', lift: 0.5, z: -8 }],
    });
    expect(words).toBe(
      'plan tells very much (900 responses). With gold 2 times as many say yes as on average. With free 0.5 times as many.',
    );
    expect(
      predictorWords({ name: 'day', auc: 0.51, responses: 900, bins: [{ ...bin, lift: 1.1, z: 1.2 }] }),
    ).toBe('day tells nothing (900 responses).');
  });
});
