import { EMPTY_BOOK, type TraitBook } from '../trait-book.js';
import type { RecordEvent } from '../record-event.js';
import { textsOf } from './documents.js';
import { findEntities } from './entities.js';

const event = (type: string, payload: Record<string, unknown>, name: string | null = null): RecordEvent => ({
  id: 'e1',
  type,
  name,
  source: 'shop',
  verified: true,
  occurredAt: 0,
  payload,
});

describe('free text', () => {
  it('is a note’s own, and what lies at declared places', () => {
    expect(textsOf(event('note', { note: { text: 'Called.', kind: 'transcript' } }), EMPTY_BOOK)).toEqual([
      { eventId: 'e1', part: 0, kind: 'transcript', text: 'Called.' },
    ]);
    const path = ['properties', 'reviews', 'body'];
    const source = { key: 'reviews', event: 'Reviewed', path, kind: 'review' as const };
    const book: TraitBook = { ...EMPTY_BOOK, texts: new Map([['Reviewed', [source]]]) };
    const reviewed = event(
      'track',
      { properties: { reviews: [{ body: 'Good' }, { body: ' ' }, { body: 7 }] } },
      'Reviewed',
    );
    expect(textsOf(reviewed, book)).toEqual([{ eventId: 'e1', part: 0, kind: 'review', text: 'Good' }]);
    expect(textsOf(reviewed, EMPTY_BOOK)).toEqual([]);
  });

  it('names people and orders', () => {
    const text =
      'Ann wrote from Ann.Other@Example.org. Call +49 30 901820 about order no. AB-1042, not order today; see #77231 and ann.other@example.org.';
    expect(findEntities(text)).toMatchObject([
      { namespace: 'email', value: 'ann.other@example.org' },
      { namespace: 'phone', value: '+4930901820' },
      { namespace: 'order', value: 'AB-1042', excerpt: expect.stringContaining('about order no.') as string },
      { namespace: 'order', value: '77231' },
    ]);
    expect(findEntities('nothing @ all, 555 1234, order soon')).toEqual([]);
  });
});
