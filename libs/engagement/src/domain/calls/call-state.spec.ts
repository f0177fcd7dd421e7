import fc from 'fast-check';
import { type CallEvent, callEventTypes, hearOfCall, holdsUntil, NO_CALL, statusOf } from './index.js';

const said = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const report: fc.Arbitrary<CallEvent> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  event: fc.constantFrom(...callEventTypes),
  at: fc.integer({ min: 0, max: 50 }),
  direction: said(fc.constantFrom('inbound' as const, 'outbound' as const)),
  number: said(fc.constantFrom('+14155550100', '+14155550101', null)),
  queue: said(fc.constantFrom('sales', 'care')),
  agent: said(fc.constantFrom('ann', 'bob')),
});
const fold = (events: readonly CallEvent[]) => events.reduce(hearOfCall, NO_CALL);

describe('what is known of a call', () => {
  it('does not depend on the order or number of its reports', () => {
    const shuffled = fc
      .array(report, { maxLength: 12 })
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([events, again]) => {
        expect(fold(again)).toEqual(fold(events));
      }),
      { numRuns: 1000 },
    );
  });

  it('is over once somebody said so, whatever comes late', () => {
    const ended = fold([{ id: 'x', event: 'ended', at: 9 }]);
    expect(statusOf(ended)).toBe('ended');
    const late = hearOfCall(ended, { id: 'y', event: 'answered', at: 5, agent: 'ann' });
    expect(statusOf(late)).toBe('ended');
    expect(late).toMatchObject({ answeredAt: 5, endedAt: 9, agent: { value: 'ann' } });
  });

  it('holds messages while it lasts and for a while after', () => {
    const answered = fold([{ id: 'a', event: 'answered', at: 1000 }]);
    expect(holdsUntil(fold([{ id: 'a', event: 'started', at: 1 }]), 60)).toBeNull();
    expect(holdsUntil(answered, 60)).toBe(1000 + 4 * 3_600_000);
    expect(holdsUntil(hearOfCall(answered, { id: 'b', event: 'ended', at: 2000 }), 60)).toBe(2060);
  });
});
