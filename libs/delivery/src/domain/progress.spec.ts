import { receiptStatuses } from '@repartee/contracts';
import fc from 'fast-check';
import { hearReceipt, progressOf, type Receipt } from './progress.js';

const receipt = fc.record({
  id: fc.integer({ min: 0, max: 99 }).map(String),
  attemptId: fc.constant(null),
  status: fc.constantFrom(...receiptStatuses),
  at: fc.integer({ min: 0, max: 20 }),
});
/** One id says one thing. */
const receipts = fc.uniqueArray(receipt, { selector: ({ id }) => id, maxLength: 60 });
const hearAll = (all: Receipt[]) => all.reduce<Receipt[]>(hearReceipt, []);

describe('receipts', () => {
  it('give the same state in any order and however often they come', () => {
    fc.assert(
      fc.property(
        receipts.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.shuffledSubarray(all),
          ),
        ),
        ([all, shuffled, again]) => {
          const one = hearAll(all);
          const other = hearAll([...shuffled, ...again]);
          expect(other).toEqual(one);
          expect(progressOf(other)).toEqual(progressOf(all));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    [['delivered', 'sent'], 'delivered'],
    [['bounced', 'delivered'], 'delivered'],
    [['failed', 'sent'], 'failed'],
    [['complained', 'delivered', 'bounced'], 'complained'],
  ] as const)('%j is %s', (statuses, expected) => {
    const all = statuses.map((status, at) => ({ id: String(at), attemptId: null, status, at }));
    expect(progressOf(hearAll(all))?.status).toBe(expected);
  });

  it('says since when', () => {
    const of = (id: string, at: number): Receipt => ({ id, attemptId: null, status: 'delivered', at });
    expect(progressOf(hearAll([of('b', 7), of('a', 5)]))).toEqual({ status: 'delivered', at: 5 });
    expect(progressOf([])).toBeNull();
  });
});
