import { pageOf } from './page-of.js';

describe('pageOf', () => {
  const page = (found: string[]) => pageOf(found, 2, (last) => `after ${last}`);

  it('names the next page where there is more, and no other', () => {
    expect(page(['a', 'b', 'c'])).toEqual({ items: ['a', 'b'], nextCursor: 'after b' });
    expect(page(['a', 'b'])).toEqual({ items: ['a', 'b'], nextCursor: null });
    expect(page([])).toEqual({ items: [], nextCursor: null });
  });
});
