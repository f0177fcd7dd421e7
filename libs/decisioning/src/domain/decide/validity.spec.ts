import type { ProfileView } from '@repartee/profile/domain';
import { applyResponse } from '../response/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { decide } from './decide.js';

const offer = (more: object) => ({ key: 'a', name: 'a', value: 1, ...more });

function found(more: object, now: string, who: { profile?: ProfileView; timeZone?: string } = {}) {
  const snapshot = snapshotOf(webCatalogue([offer(more)]));
  const { evaluations } = decide({
    snapshot,
    profile: who.profile ?? person(),
    channel: 'web',
    zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
    context: {},
    timeZone: who.timeZone ?? null,
    now: Date.parse(now),
    propensity: () => 0.1,
  });
  return evaluations[0]!;
}

describe('a validity on the person’s clock', () => {
  const day = { validFrom: '2026-07-01T09:00:00', validUntil: '2026-07-01T17:00:00' };

  it.each([
    ['UTC', '2026-07-01T08:59:59Z', 'not-yet-valid'],
    ['UTC', '2026-07-01T09:00:00Z', null],
    ['Europe/Vienna', '2026-07-01T07:00:00Z', null],
    ['Europe/Vienna', '2026-07-01T15:00:00Z', 'no-longer-valid'],
    ['America/Los_Angeles', '2026-07-01T15:00:00Z', 'not-yet-valid'],
    ['America/Los_Angeles', '2026-07-01T23:59:59Z', null],
    ['Mars/Olympus', '2026-07-01T09:00:00Z', null],
  ])('in %s at %s', (timeZone, now, expected) => {
    expect(found(day, now, { timeZone }).dropped).toBe(expected);
    expect(found(day, now, { profile: person({ traits: { timezone: timeZone } }) }).dropped).toBe(expected);
  });

  it('is the same for everybody where it has an offset', () => {
    const fixed = { validUntil: '2026-07-01T17:00:00+02:00' };
    for (const timeZone of ['Europe/Vienna', 'Asia/Tokyo'])
      expect([
        found(fixed, '2026-07-01T14:59:59Z', { timeZone }).dropped,
        found(fixed, '2026-07-01T15:00:00Z', { timeZone }).dropped,
      ]).toEqual([null, 'no-longer-valid']);
  });
});

describe('a limited offer', () => {
  it('ends for each person so long after it was first offered, whatever came later', () => {
    const issuedAt = Date.parse('2026-07-01T09:00:00Z');
    const first = applyResponse(undefined, { id: '1', type: 'impression', at: issuedAt + 60_000, issuedAt });
    const click = { id: '2', type: 'click' as const, at: issuedAt + 900_000, issuedAt: issuedAt + 800_000 };
    const met = applyResponse(first, click);
    const profile = person({ offers: { a: { ...met, lastAt: new Date(met.lastAt ?? 0) } } });
    const limited = { limited: { lasts: '2h' } };
    expect(found(limited, '2026-07-01T10:59:59Z', { profile })).toMatchObject({
      dropped: null,
      endsAt: Date.parse('2026-07-01T11:00:00Z'),
    });
    expect(found(limited, '2026-07-01T11:00:00Z', { profile }).dropped).toBe('no-longer-valid');
    expect(found(limited, '2026-07-01T11:00:00Z').endsAt).toBe(Date.parse('2026-07-01T13:00:00Z'));
  });
});
