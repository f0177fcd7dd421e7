import fc from 'fast-check';
import { movesBetween } from './segment-changes.js';

const segments = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
const people = fc.dictionary(fc.constantFrom('ann', 'bob', 'cat'), segments);
const asked = (of: Record<string, string[]>) =>
  Object.entries(of).map(([profileId, held]) => ({ profileId, segments: held }));

describe('movesBetween', () => {
  it('names who entered and who left', () => {
    const before = new Map([['ann', ['vip', 'lapsed']]]);
    const after = [
      { profileId: 'ann', segments: ['vip', 'regular'] },
      { profileId: 'bob', segments: ['vip'] },
    ];
    expect(movesBetween(before, after)).toEqual({
      entered: [
        { profileId: 'ann', segment: 'regular' },
        { profileId: 'bob', segment: 'vip' },
      ],
      left: [{ profileId: 'ann', segment: 'lapsed' }],
    });
  });

  it('leads from what was to what is, and nowhere where nothing changed', () => {
    fc.assert(
      fc.property(people, people, (before, after) => {
        const held = new Map(Object.entries(before));
        const { entered, left } = movesBetween(held, asked(after));
        for (const [person, now] of Object.entries(after)) {
          const gone = left.filter(({ profileId }) => profileId === person).map(({ segment }) => segment);
          const come = entered.filter(({ profileId }) => profileId === person).map(({ segment }) => segment);
          const kept = (before[person] ?? []).filter((segment) => !gone.includes(segment));
          expect([...kept, ...come].sort()).toEqual([...now].sort());
        }
        expect(movesBetween(held, asked(before))).toEqual({ entered: [], left: [] });
      }),
    );
  });
});
