import { judge, latencyOf, medianRound, slopeOf, type Figure } from './figures.js';
import { readPlan } from './plan.js';
import { renderTable } from './report.js';

const figure = (key: string, value: number, goal?: Figure['goal']): Figure => ({
  key,
  title: `Title of ${key}`,
  unit: 'events/s',
  value,
  rounds: [value],
  ...(goal ? { goal } : {}),
});

describe('figures', () => {
  it('take p50 and p99 as the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(latencyOf(values)).toEqual({ p50: 100, p99: 198 });
    expect(latencyOf([7])).toEqual({ p50: 7, p99: 7 });
    expect(latencyOf([]).p50).toBeNaN();
  });

  it('are the round in the middle', () => {
    expect(medianRound([{ rate: 3 }, { rate: 1 }, { rate: 2 }], ({ rate }) => rate)).toEqual({ rate: 2 });
    expect(medianRound([4, 1], (value) => value)).toBe(1);
    expect(() => medianRound([], () => 0)).toThrow('at least one round');
  });

  it('have the slope of the line closest to them', () => {
    expect(slopeOf([2, 4, 6].map((x) => [x, 3 * x + 1]))).toBeCloseTo(3);
    const around: [number, number][] = [
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ];
    expect(slopeOf(around)).toBeCloseTo(0.6);
  });

  it('are judged against a ceiling of the same run', () => {
    const verdicts = judge([
      figure('ceiling', 1000),
      figure('good', 300, { against: 'ceiling', atLeast: 0.3 }),
      figure('bad', 299, { against: 'ceiling', atLeast: 0.3 }),
      figure('alone', 5, { against: 'missing', atLeast: 0.3 }),
    ]);
    expect(verdicts.map(({ ratio, met }) => [ratio, met])).toEqual([
      [undefined, undefined],
      [0.3, true],
      [0.299, false],
      [undefined, undefined],
    ]);
  });

  it('are judged round by round where the ceiling was measured in turn', () => {
    const slowLater = {
      ...figure('slow later', 100, { against: 'ceiling', atLeast: 2 }),
      ratios: [2.1, 2.2, 1.5],
    };
    expect(judge([figure('ceiling', 1000), slowLater])[1]).toMatchObject({ ratio: 2.1, met: true });
  });

  it('are judged against a limit, and nothing that was not measured meets it', () => {
    const verdicts = judge([
      figure('a', 50, { atMost: 50 }),
      figure('b', 51, { atMost: 50 }),
      figure('c', NaN, { atMost: 50 }),
      figure('d', Infinity, { atMost: 50 }),
    ]);
    expect(verdicts.map(({ met }) => met)).toEqual([true, false, false, false]);
  });

  it('are printed with goal and result side by side', () => {
    const single = {
      ...figure('single', 9_876.5, { against: 'ceiling', atLeast: 2 }),
      latency: { p50: 1.234, p99: 22.7 },
      note: 'a note',
    };
    const lines = renderTable(
      judge([figure('ceiling', 5000), single, figure('memory', 401, { atMost: 400 })]),
    ).split('\n');
    expect(lines[3]).toMatch(
      /^Title of single +9,877 events\/s +1\.23 +22\.7 {2}≥ 2\.00 × ceiling +1\.98 NOT MET$/,
    );
    expect(lines[4]).toMatch(/≤ 400 events\/s +NOT MET$/);
    expect(lines.at(-1)).toBe('Title of single: a note');
  });
});

describe('the plan', () => {
  it('is the whole, a quick one, or some parts', () => {
    expect(readPlan([])).toMatchObject({ quick: false, rounds: 3, people: 100_000 });
    expect(readPlan(['--quick'])).toMatchObject({ quick: true, rounds: 1 });
    expect(readPlan(['--only=single,batch']).parts).toEqual(['single', 'batch']);
  });

  it('refuses what it does not know', () => {
    expect(() => readPlan(['--fast'])).toThrow('unknown: --fast');
    expect(() => readPlan(['--only=single,all'])).toThrow('unknown: all');
  });
});
