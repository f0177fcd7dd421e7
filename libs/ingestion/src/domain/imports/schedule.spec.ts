import { parseSchedule } from './schedule.js';

const next = (text: string, after: string) => {
  const schedule = parseSchedule(text);
  if (!schedule.ok) throw new Error(schedule.failure);
  const at = schedule.value(Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

describe('a schedule', () => {
  it.each([
    ['every 15 minutes', '2026-01-31T10:07:30Z', '2026-01-31T10:15'],
    ['every 1 minute', '2026-01-31T10:07:00Z', '2026-01-31T10:08'],
    ['* * * * *', '2026-01-31T23:59:59Z', '2026-02-01T00:00'],
    ['30 2 * * *', '2026-01-31T02:30:00Z', '2026-02-01T02:30'],
    ['*/20 8-10 * * 1-5', '2026-01-30T10:40:00Z', '2026-02-02T08:00'],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00'],
    ['0 0 13 * 5', '2026-01-31T00:00:00Z', '2026-02-06T00:00'],
    ['5,10 1 * * 7', '2026-01-31T10:00:00Z', '2026-02-01T01:05'],
    ['0 0 31 2 *', '2026-01-01T00:00:00Z', undefined],
  ])('%s comes after %s at %s', (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  it.each([
    '',
    'every 0 minutes',
    'daily',
    '60 * * * *',
    '* * * *',
    '5-1 * * * *',
    '*/0 * * * *',
    '* * 0 * *',
    '1-2-3 * * * *',
  ])('is none: %s', (text) => {
    expect(parseSchedule(text).ok).toBe(false);
  });
});
