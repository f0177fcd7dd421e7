import fc from 'fast-check';
import { PropensityCounts } from './propensity-counts.js';
import { DEFAULT_PRIOR, PROPENSITY_FLOOR, smoothedPropensity, type Counts } from './smoothed-propensity.js';
import { stages, type Stage } from './stage.js';

const counts: fc.Arbitrary<Counts> = fc
  .record({
    shown: fc.integer({ min: 0, max: 1_000_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ shown, share }) => ({ shown, positive: shown * share }));
const prior = fc.record({
  mean: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
  strength: fc.double({ min: 0.1, max: 1000, noNaN: true }),
});
const stage = fc.constantFrom(...stages);
const evidences = fc.record({
  overall: fc.option(counts, { nil: undefined }),
  channel: fc.option(counts, { nil: undefined }),
  stage: fc.option(counts, { nil: undefined }),
});

describe('the smoothed propensity', () => {
  it('is a probability, never nought and never one, whatever was counted', () => {
    fc.assert(
      fc.property(evidences, stage, prior, (seen, at, belief) => {
        const p = smoothedPropensity(seen, at, belief);
        expect(p).toBeGreaterThanOrEqual(PROPENSITY_FLOOR);
        expect(p).toBeLessThan(1);
      }),
    );
  });

  it('does not fall when a display earns a yes, nor rise when it earns none', () => {
    fc.assert(
      fc.property(counts, counts, counts, stage, prior, (overall, channel, own, at, belief) => {
        const before = smoothedPropensity({ overall, channel, stage: own }, at, belief);
        const plus = (c: Counts, positive: number) => ({
          shown: c.shown + 1,
          positive: c.positive + positive,
        });
        const after = (positive: number) =>
          smoothedPropensity(
            {
              overall: plus(overall, positive),
              channel: plus(channel, positive),
              stage: plus(own, positive),
            },
            at,
            belief,
          );
        expect(after(1)).toBeGreaterThanOrEqual(before - 1e-12);
        expect(after(0)).toBeLessThanOrEqual(before + 1e-12);
      }),
    );
  });

  it('ranks clicked above new above seen above rejected while their own counts are alike', () => {
    const order: Stage[] = ['clicked', 'accepted', 'new', 'seen', 'later', 'dismissed', 'rejected'];
    fc.assert(
      fc.property(evidences, prior, (seen, belief) => {
        const values = order.map((at) => smoothedPropensity(seen, at, belief));
        for (let i = 1; i < values.length; i += 1) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
      }),
    );
  });

  it('starts at the prior and ends at the observed rate', () => {
    expect(smoothedPropensity({}, 'new')).toBeCloseTo(DEFAULT_PRIOR.mean, 12);
    const many = { shown: 1_000_000, positive: 300_000 };
    expect(smoothedPropensity({ overall: many, channel: many, stage: many }, 'rejected')).toBeCloseTo(0.3, 3);
  });

  it('lets a new stage start from what the offer as a whole has earned', () => {
    const memory = new PropensityCounts([
      { offer: 'a', channel: 'web', stage: 'new', shown: 2000, positive: 400 },
      { offer: 'b', channel: 'web', stage: 'new', shown: 2000, positive: 10 },
    ]);
    expect(memory.predict('a', 'web', 'clicked')).toBeGreaterThan(memory.predict('b', 'web', 'clicked'));
    expect(memory.predict('a', 'email', 'new')).toBeGreaterThan(0.15);
    expect(memory.predict('unheard of', 'web', 'new')).toBeCloseTo(0.05, 12);
  });

  it('stays in bounds when a click came before its impression', () => {
    const early = { shown: 0, positive: 0.3 };
    expect(smoothedPropensity({ overall: early, channel: early, stage: early }, 'new')).toBeLessThan(1);
  });
});
