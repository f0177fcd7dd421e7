import { responseTypes, type ResponseType } from '@repartee/contracts';
import fc from 'fast-check';
import { creditOf, evidenceOf, toStage } from './stage.js';

/** Adds up one presentation's responses in the given order. */
function total(responses: ResponseType[]) {
  let previous: number | null = null;
  const sum = { shown: 0, positive: 0 };
  for (const response of responses) {
    const credit = creditOf(response);
    if (credit === null) continue;
    const evidence = evidenceOf(previous, credit);
    sum.shown += evidence.shown;
    sum.positive += evidence.positive;
    previous = Math.max(previous ?? 0, credit);
  }
  return sum;
}

describe('the evidence in responses', () => {
  it('counts a presentation as shown once, with the credit of its best response', () => {
    expect(total(['impression'])).toEqual({ shown: 1, positive: 0 });
    expect(total(['impression', 'impression', 'click', 'click']).positive).toBeCloseTo(0.3);
    expect(total(['impression', 'click', 'accept', 'convert'])).toEqual({ shown: 1, positive: 1 });
  });

  it('learns nothing from an offer that was not presented', () => {
    expect(total(['not_presented'])).toEqual({ shown: 0, positive: 0 });
    expect(total(['not_presented', 'impression'])).toEqual({ shown: 1, positive: 0 });
  });

  it('adds up to the same in any order', () => {
    const some = fc.array(fc.constantFrom(...responseTypes), { maxLength: 8 });
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (responses, keys) => {
        const shuffled = responses
          .map((response) => ({ response, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ response }) => response);
        const [one, other] = [total(responses), total(shuffled)];
        expect(other.shown).toBe(one.shown);
        expect(other.positive).toBeCloseTo(one.positive, 10);
      }),
    );
  });

  it('takes a stage it does not know for new', () => {
    expect(toStage('clicked')).toBe('clicked');
    expect(toStage('constructor')).toBe('new');
  });
});
