import { retryDelay } from './backoff.js';

describe('retryDelay', () => {
  const policy = { maxAttempts: 10, baseMs: 100, capMs: 1_000 };

  it('doubles its range with every try, up to the cap', () => {
    const almost = 0.999999;
    expect([1, 2, 3, 4, 5, 50].map((attempt) => retryDelay(policy, attempt, almost))).toEqual([
      99, 199, 399, 799, 999, 999,
    ]);
  });

  it('draws from the whole range', () => {
    expect(retryDelay(policy, 3, 0)).toBe(0);
    expect(retryDelay(policy, 3, 0.5)).toBe(200);
  });
});
