import fc from 'fast-check';
import { NumberLists } from './number-lists.js';

describe('NumberLists', () => {
  it('keep every list as it was, empty ones too', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: -1, max: 5000 }))), (lists) => {
        const { numbers, starts } = new NumberLists(lists);
        expect(lists.map((_, n) => [...numbers.subarray(starts[n], starts[n + 1])])).toEqual(lists);
      }),
    );
  });
});
