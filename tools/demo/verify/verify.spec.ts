import { compare } from './compare.js';
import { forEachAtOnce } from './for-each-at-once.js';

const expected = { customer: '00001', orders: 2, cents: 3_001 };

describe('the comparison', () => {
  it.each([
    [{ orders_count: 2, orders_total: 30.01 }, 'right'],
    [{ orders_count: 2, orders_total: 30.02 }, 'wrong'],
    [{ orders_count: 2, orders_total: 30.015 }, 'wrong'],
    [{ orders_count: 3, orders_total: 30.01 }, 'wrong'],
    [{ orders_count: 1, orders_total: 30.01 }, 'early'],
    [undefined, 'early'],
  ])('takes %j for %s', (computed, verdict) => expect(compare(expected, computed)).toBe(verdict));
});

describe('forEachAtOnce', () => {
  it('takes every item once, and no more than so many at a time', async () => {
    const taken: number[] = [];
    let now = 0;
    let most = 0;
    await forEachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      taken.push(item);
    });
    expect(taken.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('ends with the first failure', async () => {
    let started = 0;
    const work = async (item: number) => {
      started += 1;
      await new Promise(setImmediate);
      if (item === 2) throw new Error('two');
    };
    await expect(forEachAtOnce([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('two');
    expect(started).toBeLessThan(6);
  });
});
