import fc from 'fast-check';
import { emptyRecord } from './golden-record.js';
import { type ItemMemory, mergeItemMemories, metItems, rememberItems } from './item-memory.js';
import { mergeRecords } from './merge-records.js';
import { viewOf } from './profile-view.js';
import { reduceEvent } from './reduce-event.js';
import { EMPTY_BOOK } from './trait-book.js';

const event = (name: string, properties: object, occurredAt = 1000) => ({
  id: `${name}-${occurredAt}`,
  type: 'track',
  name,
  source: 's',
  verified: false,
  occurredAt,
  payload: { properties },
});

describe('the items a person met', () => {
  it('are read from events of the ecommerce spec', () => {
    expect(metItems(event('Product Viewed', { product_id: 7, sku: 'x' }))).toEqual({
      encounter: 'viewed',
      items: ['7'],
    });
    expect(metItems(event('Product Added', { sku: 'x' }))).toEqual({ encounter: 'added', items: ['x'] });
    const products = [{ product_id: 'a' }, { sku: 'b' }, { product_id: 'a' }, null, { name: 'c' }];
    expect(metItems(event('Order Completed', { products }))).toEqual({
      encounter: 'bought',
      items: ['a', 'b'],
    });
    for (const nothing of [
      event('Product Clicked', { product_id: 'a' }),
      event('Product Viewed', {}),
      event('Product Viewed', { product_id: '' }),
      event('Order Completed', { products: 'a' }),
      event('constructor', { product_id: 'a' }),
      { ...event('Product Viewed', { product_id: 'a' }), type: 'page' },
    ])
      expect(metItems(nothing)).toBeUndefined();
  });

  it('are in the golden record, and hidden from rules that name fields', () => {
    const record = emptyRecord('p');
    reduceEvent(record, event('Product Viewed', { product_id: 'a' }, 5), EMPTY_BOOK);
    reduceEvent(record, event('Product Viewed', { product_id: 'b' }, 7), EMPTY_BOOK);
    reduceEvent(record, event('Product Viewed', { product_id: 'a' }, 3), EMPTY_BOOK);
    expect(record.items).toEqual({
      viewed: [
        ['b', 7],
        ['a', 5],
      ],
    });
    expect(viewOf(record, EMPTY_BOOK, 10).items).toBe(record.items);
    expect(mergeRecords(emptyRecord('q'), record, EMPTY_BOOK).items).toEqual(record.items);
    expect(emptyRecord('q').items).toBeUndefined();
  });

  const happening = fc.record({
    encounter: fc.constantFrom('viewed' as const, 'added' as const, 'bought' as const),
    items: fc.uniqueArray(
      fc.integer({ min: 0, max: 60 }).map((n) => `i${n}`),
      { minLength: 1, maxLength: 40 },
    ),
    at: fc.integer({ min: 0, max: 50 }),
  });
  type Happening = { encounter: 'viewed' | 'added' | 'bought'; items: string[]; at: number };
  const fold = (happenings: readonly Happening[]) =>
    happenings.reduce<ItemMemory | undefined>((memory, one) => rememberItems(memory, one, one.at), undefined);

  it('are the same whatever the order, and however the person came together', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), fc.nat(), fc.nat(12), (all, seed, cut) => {
        const order = all.map((one, index) => ({ one, key: (index * 7919 + seed) % 101 }));
        const shuffled = order.sort((a, b) => a.key - b.key).map(({ one }) => one);
        expect(fold(shuffled) ?? {}).toEqual(fold(all) ?? {});
        expect(mergeItemMemories(fold(all.slice(0, cut)), fold(all.slice(cut))) ?? {}).toEqual(
          fold(all) ?? {},
        );
      }),
    );
  });
});
