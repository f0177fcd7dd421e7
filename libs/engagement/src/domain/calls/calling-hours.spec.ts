import { callableFrom, callingIn, DEFAULT_CALL_CENTER, isWithheld } from './index.js';
import { afterWork } from '../tasks/index.js';

const at = (moment: string) => Date.parse(moment);
const utc = () => 0;
const hoursEast = (hours: number) => () => hours * 3_600_000;
const us = callingIn(DEFAULT_CALL_CENTER, 'US').hours;
const fr = callingIn(DEFAULT_CALL_CENTER, 'FR').hours;

describe('when people may be called', () => {
  it('is by the clock where they are', () => {
    expect(callableFrom(at('2026-03-02T13:00:00Z'), us, [hoursEast(-5)])).toBe(at('2026-03-02T13:00:00Z'));
    expect(callableFrom(at('2026-03-02T12:59:00Z'), us, [hoursEast(-5)])).toBe(at('2026-03-02T13:00:00Z'));
    expect(callableFrom(at('2026-03-03T02:00:00Z'), us, [hoursEast(-5)])).toBe(at('2026-03-03T13:00:00Z'));
  });

  it('heeds every clock that may be theirs', () => {
    const coasts = [hoursEast(-5), hoursEast(-10)];
    expect(callableFrom(at('2026-03-02T13:00:00Z'), us, coasts)).toBe(at('2026-03-02T18:00:00Z'));
  });

  it('knows breaks and days of rest', () => {
    expect(callableFrom(at('2026-03-02T13:05:00Z'), fr, [utc])).toBe(at('2026-03-02T14:00:00Z'));
    expect(callableFrom(at('2026-03-06T20:00:00Z'), fr, [utc])).toBe(at('2026-03-09T10:00:00Z'));
  });

  it('may be never', () => {
    expect(callableFrom(0, [{ days: [1], from: '10:00', until: '10:00' }], [utc])).toBeNull();
  });
});

describe('a withheld number', () => {
  it.each(['anonymous', 'Restricted', '', ' ', '+266696687', 'sip:anonymous@anonymous.invalid'])(
    '%j',
    (number) => {
      expect(isWithheld(number)).toBe(true);
    },
  );
  it('is not any other', () => {
    expect(isWithheld('+14155550100')).toBe(false);
  });
});

describe('a task that was worked on', () => {
  const rules = { atMost: 3, retryAfterMinutes: 10 };

  it('comes back later and later until it was tried often enough', () => {
    expect(afterWork({ attempts: 0 }, 'not_reached', rules, 0)).toEqual({
      state: 'open',
      attempts: 1,
      dueAt: 600_000,
    });
    expect(afterWork({ attempts: 1 }, 'not_reached', rules, 0)).toMatchObject({ dueAt: 1_200_000 });
    expect(afterWork({ attempts: 2 }, 'not_reached', rules, 0)).toMatchObject({ state: 'exhausted' });
  });

  it('is over when it is done or called off', () => {
    expect(afterWork({ attempts: 0 }, 'done', rules, 0)).toMatchObject({ state: 'done', attempts: 1 });
    expect(afterWork({ attempts: 0 }, 'cancelled', rules, 0)).toMatchObject({
      state: 'cancelled',
      attempts: 0,
    });
  });
});
