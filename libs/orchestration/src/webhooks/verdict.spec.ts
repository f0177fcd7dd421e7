import { isFactPattern, namesFact } from '@repartee/contracts';
import fc from 'fast-check';
import { judge, retryAfterOf } from './verdict.js';

const DAY = 86_400_000;

describe('judge', () => {
  it('takes every 2xx for delivered, and 410 for good-bye', () => {
    expect(judge({ status: 204 }, 1, 0, 0.5)).toEqual({ message: 'delivered' });
    expect(judge({ status: 410 }, 1, 0, 0.5)).toEqual({ message: 'failed', disable: 'it answered 410 Gone' });
  });

  it('tries ten times, over more than three days', () => {
    let waited = 0;
    for (let tries = 1; tries <= 9; tries += 1) {
      const verdict = judge({ status: 500 }, tries, 0, 0.5);
      if (verdict.message !== 'waiting') throw new Error('gave up early');
      waited += verdict.retryIn;
    }
    expect(waited).toBeGreaterThan(3 * DAY);
    expect(judge({ status: 500 }, 10, 0, 0.5)).toEqual({ message: 'failed' });
  });

  it('follows no redirect, and waits as long as it is asked to, up to a day', () => {
    expect(judge({ status: 302 }, 1, 0, 0.5)).toEqual({ message: 'waiting', retryIn: 5000 });
    expect(judge({ status: 429, retryAfter: 60_000 }, 1, 0, 0.5)).toMatchObject({ retryIn: 60_000 });
    expect(judge({ status: 503, retryAfter: 9 * DAY }, 1, 0, 0.5)).toMatchObject({ retryIn: DAY });
  });

  it('disables what has failed for five days, and nothing earlier', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.nat(10 * DAY),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, failing, random) => {
          const verdict = judge({ status: null, error: 'x' }, tries, failing, random);
          expect('disable' in verdict).toBe(failing >= 5 * DAY);
        },
      ),
    );
  });
});

it.each([
  ['120', 120_000],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 59_000],
  ['soon', undefined],
  [null, undefined],
])('reads Retry-After %s', (header, expected) => {
  expect(retryAfterOf(header, 1000)).toBe(expected);
});

it('knows types by wildcards', () => {
  expect(namesFact(['delivery.*'], 'delivery.accepted')).toBe(true);
  expect(namesFact(['delivery.*'], 'deliveryx.accepted')).toBe(false);
  expect(namesFact(['*'], 'task.created')).toBe(true);
  expect(namesFact(['task.created'], 'task.done')).toBe(false);
  expect(isFactPattern('delivery.*')).toBe(true);
  expect(isFactPattern('weather.*')).toBe(false);
});
