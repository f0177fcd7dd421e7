import { observedBetween, readHistogram } from './histogram.js';

const text = (counts: number[]) =>
  ['0.001', '0.002', '0.004', '+Inf']
    .map((bound, index) => `batch_seconds_bucket{le="${bound}"} ${counts[index]}`)
    .concat('batch_seconds_sum 1', 'other_batch_seconds_bucket{le="0.001"} 7')
    .join('\n');

describe('what a histogram observed', () => {
  it('counts only what came between, and finds percentiles within buckets', () => {
    const before = readHistogram(text([5, 5, 5, 5]), 'batch_seconds');
    const after = readHistogram(text([5, 55, 105, 105]), 'batch_seconds');
    const { count, latency } = observedBetween(before, after);
    expect(count).toBe(100);
    expect(latency.p50).toBeCloseTo(2);
    expect(latency.p99).toBeCloseTo(3.96);
  });

  it('begins with nothing', () => {
    const { count, latency } = observedBetween(
      readHistogram('', 'batch_seconds'),
      readHistogram('', 'batch_seconds'),
    );
    expect([count, latency.p50]).toEqual([0, NaN]);
  });

  it('does not invent a time beyond the last bound', () => {
    const after = readHistogram(text([0, 0, 0, 9]), 'batch_seconds');
    expect(observedBetween(readHistogram('', 'batch_seconds'), after).latency.p99).toBe(Infinity);
  });
});
