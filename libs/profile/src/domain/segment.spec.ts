import { STRANGER } from './profile-view.js';
import { compileSegment, type Segment, segmentSchema, segmentsOf } from './segment.js';
import { checkSegmentRules } from './trait-section.js';
import { BUILT_IN_TYPES } from './trait-book.js';

const segment = (key: string, when: string): Segment => compileSegment({ key, when }, 1);
const NOW = Date.UTC(2026, 0, 15);

describe('segments', () => {
  it('hold those for whom their rule is true; what cannot be told is not', () => {
    const gold = { ...STRANGER, traits: { tier: 'gold' } };
    const segments = [
      segment('gold', 'profile.traits.tier == "gold"'),
      segment('grown-up', 'profile.traits.age >= 18'),
      segment('everybody', 'true'),
    ];
    expect(segmentsOf(gold, segments, NOW)).toEqual(['gold', 'everybody']);
    expect(segmentsOf(STRANGER, segments, NOW)).toEqual(['everybody']);
    expect(segmentsOf(gold, [], NOW)).toEqual([]);
  });

  it('may ask for the time', () => {
    const visits = { Visited: { count: 1, first: new Date(NOW), last: new Date(NOW) } };
    const lapsed = [segment('lapsed', 'now - profile.events["Visited"].last > duration("720h")')];
    expect(segmentsOf({ ...STRANGER, events: visits }, lapsed, NOW + 29 * 86_400_000)).toEqual([]);
    expect(segmentsOf({ ...STRANGER, events: visits }, lapsed, NOW + 31 * 86_400_000)).toEqual(['lapsed']);
  });

  it('are checked by what there is to read, and know nothing of each other', () => {
    const check = (when: string) => checkSegmentRules([{ key: 'a', when }], BUILT_IN_TYPES);
    expect(check('profile.computed.orders_count > 3.0')).toEqual([]);
    for (const when of [
      'profile.computed.nothing > 3',
      '"b" in profile.segments',
      'profile.known &&',
      '1 + 1',
    ])
      expect(check(when)).toMatchObject([{ pointer: '#/segments/0/when' }]);
  });

  it('have nobody in them once their rule no longer compiles', () => {
    expect(segmentsOf(STRANGER, [segment('broken', 'profile.known &&')], NOW)).toEqual([]);
  });

  it.each([{}, { key: 'a b', when: 'true' }, { key: 'a', when: '' }, { key: 'a', when: 'true', more: 1 }])(
    'are refused as %j',
    (document) => expect(segmentSchema.safeParse(document).success).toBe(false),
  );
});
