import { TimeZones } from '@repartee/decisioning/domain';
import fc from 'fast-check';
import { DEFAULT_QUIET_HOURS, quietUntil, zoneOf } from './quiet-hours.js';

const zones = new TimeZones();
const offset = (zone: string) => (at: number) => zones.offset(zone, at) ?? 0;
const night = { channel: 'sms', class: 'marketing', from: 21 * 60, until: 8 * 60 } as const;
const at = (text: string) => Date.parse(text);

describe('quiet hours', () => {
  it.each([
    ['Europe/Vienna', '2026-01-15T20:00:00Z', '2026-01-16T07:00:00Z'],
    ['Europe/Vienna', '2026-07-15T20:00:00Z', '2026-07-16T06:00:00Z'],
    // Clocks are put forward at 02:00 on the 29th, and back at 03:00 on October 25.
    ['Europe/Vienna', '2026-03-28T22:00:00Z', '2026-03-29T06:00:00Z'],
    ['Europe/Vienna', '2026-10-24T20:00:00Z', '2026-10-25T07:00:00Z'],
    ['America/New_York', '2026-11-01T03:30:00Z', '2026-11-01T13:00:00Z'],
    ['Asia/Kathmandu', '2026-05-01T18:00:00Z', '2026-05-02T02:15:00Z'],
  ])('in %s at %s last until %s', (zone, now, end) =>
    expect(quietUntil(night, at(now), offset(zone))).toBe(at(end)),
  );

  it('last another day where clocks leap over the only minute that is not quiet', () => {
    const hours = { ...night, from: 2 * 60 + 1, until: 2 * 60 };
    const now = at('2025-03-08T12:00:00Z');
    expect(quietUntil(hours, now, offset('America/New_York'))).toBe(at('2025-03-10T06:00:00Z'));
  });

  it('do not hold by day, and are none where they begin and end together', () => {
    expect(quietUntil(night, at('2026-01-15T12:00:00Z'), offset('Europe/Vienna'))).toBeNull();
    const none = { ...night, from: 0, until: 0 };
    expect(quietUntil(none, at('2026-01-15T00:00:00Z'), offset('UTC'))).toBeNull();
  });

  it('end later than now and when it is no longer quiet, in every zone, at every time of the year', () => {
    const zone = fc.constantFrom(
      'Europe/Vienna',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kathmandu',
      'America/Santiago',
      'UTC',
    );
    const minute = fc.integer({ min: 0, max: 1439 });
    const moment = fc.integer({ min: at('2025-01-01'), max: at('2027-01-01') });
    fc.assert(
      fc.property(zone, minute, minute, moment, (name, from, until, now) => {
        const hours = { ...night, from, until };
        const end = quietUntil(hours, now, offset(name));
        if (end === null) return;
        expect(end).toBeGreaterThan(now);
        // A day that clocks shorten or lengthen; two where all that is not quiet fits into the hour they leap over.
        const free = (from - until + 1440) % 1440;
        expect(end - now).toBeLessThanOrEqual((free > 60 ? 26 : 50) * 3_600_000);
        expect(quietUntil(hours, end, offset(name))).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('are kept by default for marketing by text and call, not for mail', () =>
    expect(DEFAULT_QUIET_HOURS.map(({ channel, class: kind }) => `${channel} ${kind}`)).toEqual([
      'sms marketing',
      'call_center marketing',
    ]));

  it('go by the clock of the person, else of the installation', () => {
    const known = (zone: string, when: number) => zones.offset(zone, when);
    expect(zoneOf({ time_zone: 'Asia/Tokyo' }, 'UTC', known)).toEqual({ zone: 'Asia/Tokyo', known: true });
    for (const traits of [{}, { time_zone: 'Mars/Olympus' }, { time_zone: 5 }])
      expect(zoneOf(traits, 'Europe/Vienna', known)).toEqual({ zone: 'Europe/Vienna', known: false });
  });
});
