import { responseTypes } from '@repartee/contracts';
import type { OfferMemory } from '@repartee/profile/domain';
import fc from 'fast-check';
import { applyResponse, classifyResponse, stageOf, type RememberedResponse } from './offer-memory.js';

const response = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom(...responseTypes),
  at: fc.integer({ min: 0, max: 5 }),
});
const apply = (responses: RememberedResponse[]) =>
  responses.reduce<OfferMemory | undefined>((memory, next) => applyResponse(memory, next), undefined);

describe('what a person remembers of an offer', () => {
  it('is the same in whatever order responses arrive', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(response, { selector: ({ id }) => id })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => expect(apply(shuffled)).toEqual(apply(all)),
      ),
    );
  });

  it('keeps the last telling response, which a later impression does not undo', () => {
    const at = (minute: number) => Date.UTC(2026, 0, 1, 0, minute);
    const memory = apply([
      { id: '1', type: 'impression', at: at(1) },
      { id: '2', type: 'click', at: at(2) },
      { id: '3', type: 'impression', at: at(3) },
    ]);
    expect(memory).toMatchObject({ impressions: 2, clicks: 1, lastResponse: 'click', lastAt: at(2) });
    expect(stageOf(memory)).toBe('clicked');
    expect(stageOf(applyResponse(memory, { id: '4', type: 'reject', at: at(4) }))).toBe('rejected');
    expect(stageOf(undefined)).toBe('new');
  });

  it('takes no notice of an offer that was not presented', () => {
    expect(stageOf(apply([{ id: '1', type: 'not_presented', at: 0 }]))).toBe('new');
    expect(classifyResponse('not_presented')).toEqual({ counter: null, stage: null, positive: false });
  });
});
