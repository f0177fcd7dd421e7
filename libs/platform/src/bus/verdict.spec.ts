import { PermanentFailure } from './bus.js';
import { verdictOf, verdictOfLapse } from './verdict.js';

describe('what becomes of a failed message', () => {
  const policy = { maxAttempts: 3, baseMs: 100, capMs: 1_000 };

  it('is tried again while tries are left', () => {
    expect(verdictOf(new Error('x'), 2, policy, 5_000, 0.5)).toEqual({ retryAt: 5_100 });
    expect(verdictOfLapse(1, policy, 5_000, 0.5)).toEqual({ retryAt: 5_050 });
  });

  it('is given up after the last', () => {
    expect(verdictOf(new Error('x'), 3, policy, 0, 0)).toEqual({ cause: 'exhausted', reason: 'Error: x' });
    expect(verdictOf('text', 3, policy, 0, 0)).toEqual({ cause: 'exhausted', reason: 'text' });
    expect(verdictOf({ message: 'm' }, 3, policy, 0, 0)).toEqual({ cause: 'exhausted', reason: 'm' });
    expect(verdictOfLapse(3, policy, 0, 0)).toMatchObject({ cause: 'lapsed' });
  });

  it('is given up at once when the failure is permanent', () => {
    expect(verdictOf(new PermanentFailure('no'), 1, policy, 0, 0)).toEqual({
      cause: 'permanent',
      reason: 'no',
    });
  });
});
