import type { ContactHistory, ProfileView } from '@repartee/profile/domain';
import fc from 'fast-check';
import type { CatalogueDocument, CatalogueSnapshot } from '../catalogue/index.js';
import { decide, reasonFor, type Evaluation } from '../decide/index.js';
import { applyResponse } from '../response/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { suppressedUntil } from './suppressions.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const offer = (key: string, more: object = {}) => ({ key, name: key, value: 10, ...more });

function ask(snapshot: CatalogueSnapshot, profile: ProfileView, now = NOW): Map<string, Evaluation> {
  const zone = snapshot.zones.get('home.hero')!;
  const propensity = () => 0.1;
  const asked = {
    snapshot,
    profile,
    channel: 'web',
    zones: [{ zone, count: 9 }],
    context: {},
    now,
    propensity,
  };
  return new Map(decide(asked).evaluations.map((evaluation) => [evaluation.offer.key, evaluation]));
}

function drops(snapshot: CatalogueSnapshot, profile: ProfileView, now = NOW): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, { dropped, detail }] of ask(snapshot, profile, now))
    if (dropped !== null) found[key] = detail === null ? dropped : `${dropped}: ${detail}`;
  return found;
}

const met = (contacts: ContactHistory, more: Partial<ProfileView> = {}) => person({ contacts, ...more });
const memory = (type: Parameters<typeof applyResponse>[1]['type'], at: number, until?: number) => {
  const { lastAt, ...rest } = applyResponse(undefined, { id: '1', type, at, until });
  return { ...rest, lastAt: new Date(lastAt ?? 0) };
};
const make = (offers: CatalogueDocument['offers'], policies: CatalogueDocument['policies'] = []) =>
  snapshotOf(webCatalogue(offers, { policies, groups: [{ key: 'g', issue: 'i' }], issues: [{ key: 'i' }] }));

describe('a contact policy', () => {
  const base = {
    key: 'enough',
    type: 'contact' as const,
    outcomes: ['impression' as const],
    count: 2,
    within: '7d',
  };
  const offers = [offer('a', { group: 'g', tags: ['loud'] }), offer('b', { group: 'g' }), offer('c')];
  const twice = [NOW - 6 * DAY, NOW - DAY];

  it('keeps away what was met often enough: the offer, its group, its issue, the channel or everything', () => {
    const contacts = { a: { 'web/impression': twice } };
    const kept = (suppress: 'offer' | 'group' | 'issue' | 'channel' | 'everything') =>
      Object.keys(drops(make(offers, [{ ...base, suppress }]), met(contacts)));
    expect(kept('offer')).toEqual(['a']);
    expect(kept('group')).toEqual(['a', 'b']);
    expect(kept('issue')).toEqual(['a', 'b']);
    expect(kept('channel')).toEqual(['a', 'b', 'c']);
    expect(kept('everything')).toEqual(['a', 'b', 'c']);
  });

  it('counts together what it keeps away together', () => {
    const contacts = { a: { 'web/impression': [NOW - DAY] }, b: { 'web/impression': [NOW - 2 * DAY] } };
    expect(drops(make(offers, [{ ...base, suppress: 'offer' }]), met(contacts))).toEqual({});
    expect(drops(make(offers, [{ ...base, suppress: 'group' }]), met(contacts))).toEqual({
      a: 'contact-policy: enough',
      b: 'contact-policy: enough',
    });
  });

  it('counts only its outcomes, channels and offers, and keeps away only where it says', () => {
    const contacts = { a: { 'web/impression': twice, 'email/click': twice } };
    const count = (more: object) =>
      Object.keys(drops(make(offers, [{ ...base, suppress: 'offer', ...more }]), met(contacts)));
    expect(count({ outcomes: ['click'] })).toEqual(['a']);
    expect(count({ outcomes: ['click'], channels: ['web'] })).toEqual([]);
    expect(count({ outcomes: ['click'], channels: ['email'] })).toEqual(['a']);
    expect(count({ on: ['email'] })).toEqual([]);
    expect(count({ on: ['web'] })).toEqual(['a']);
    expect(count({ of: { tags: ['loud'] } })).toEqual(['a']);
    expect(count({ of: { offers: ['b'] } })).toEqual([]);
  });

  it('lifts by itself, without a new version of the profile', () => {
    const profile = met({ a: { 'web/impression': twice } });
    const until = make(offers, [{ ...base, suppress: 'offer' }]);
    expect(ask(until, profile).get('a')?.until).toBe(NOW + DAY);
    expect(reasonFor(ask(until, profile).get('a')!)).toBe(
      'The person has had enough for now: enough until 2026-01-16T12:00:00.000Z.',
    );
    expect(drops(until, profile, NOW + DAY)).toEqual({});
    const lasting = make(offers, [{ ...base, suppress: 'offer', for: '30d' }]);
    expect(drops(lasting, profile, NOW + 29 * DAY - 1)).toEqual({ a: 'contact-policy: enough' });
    expect(drops(lasting, profile, NOW + 29 * DAY)).toEqual({});
  });

  it('knows the moment at which it lifts', () => {
    const times = fc.array(fc.nat(60), { maxLength: 20 });
    const policy = fc.record({
      count: fc.integer({ min: 1, max: 5 }),
      within: fc.integer({ min: 1, max: 20 }),
      lasts: fc.option(fc.integer({ min: 1, max: 30 })),
    });
    fc.assert(
      fc.property(times, policy, (list, { count, within, lasts }) => {
        const inside = (end: number, from: number) => list.filter((at) => at <= end && at > from).length;
        const holds = (now: number) =>
          lasts === null
            ? inside(60, now - within) >= count
            : list.some((end) => now < end + lasts && inside(end, end - within) >= count);
        const until = suppressedUntil(list, { count, within, lasts }) ?? -Infinity;
        for (let now = 60; now < 120; now += 1) expect(now < until).toBe(holds(now));
      }),
    );
  });
});

describe('a no', () => {
  const offers = [offer('a', { related: ['b'] }), offer('b'), offer('c', { afterReject: 'nothing' })];
  const said = (at: number, more: Partial<ProfileView> = {}) =>
    person({ offers: { a: memory('reject', at), c: memory('reject', at) }, ...more });

  it('keeps the offer and what is related away for the session', () => {
    expect(drops(make(offers), said(NOW - 29 * MINUTE))).toEqual({ a: 'rejected', b: 'rejected: a' });
    expect(drops(make(offers), said(NOW - 30 * MINUTE))).toEqual({});
  });

  it('knows how long a session goes on by what was met and seen', () => {
    const at = NOW - 80 * MINUTE;
    const contacts = { c: { 'web/impression': [at + 29 * MINUTE], x: [NOW - DAY] } };
    const seen = (minutes: number) => ({ computed: { last_seen: new Date(NOW - minutes * MINUTE) } });
    expect(drops(make(offers), said(at, { contacts, ...seen(25) }))).toMatchObject({ a: 'rejected' });
    expect(drops(make(offers), said(at, { contacts, ...seen(31) }))).toEqual({});
    expect(drops(make(offers), said(at, seen(25)))).toEqual({});
  });

  it('keeps it away for as long as the offer says', () => {
    const longer = [offer('a', { related: ['b'], afterReject: 'P10D' }), offer('b')];
    expect(drops(make(longer), said(NOW - 10 * DAY + 1))).toEqual({ a: 'rejected', b: 'rejected: a' });
    expect(drops(make(longer), said(NOW - 10 * DAY))).toEqual({});
  });
});

describe('maybe later', () => {
  it('keeps the offer away until the moment the person named', () => {
    const profile = person({ offers: { a: memory('later', NOW - DAY, NOW + DAY) } });
    expect(drops(make([offer('a')]), profile)).toEqual({ a: 'wanted-later' });
    expect(drops(make([offer('a')]), profile, NOW + DAY)).toEqual({});
  });

  it('raises or lowers its weight, less so as time goes by', () => {
    const weight = (factor: number, days: number) => {
      const profile = person({ offers: { a: memory('later', NOW - days * DAY) } });
      return ask(make([offer('a', { afterLater: { factor, halfLife: 'P1D' } })]), profile).get('a')
        ?.contextWeight;
    };
    expect([0, 1, 2].map((days) => weight(0.2, days))).toEqual(
      [0.2, 0.6, 0.8].map((w) => expect.closeTo(w, 9)),
    );
    expect([0, 1].map((days) => weight(3, days))).toEqual([3, 2]);
  });
});

describe('policies in a catalogue', () => {
  it('may only name what exists', () => {
    const policy: NonNullable<CatalogueDocument['policies']>[number] = {
      key: 'p',
      type: 'contact',
      outcomes: ['click'],
      count: 1,
      within: '1d',
      suppress: 'offer',
    };
    expect(() =>
      make([offer('a')], [{ ...policy, of: { offers: ['a', 'gone'], groups: ['gone'], tags: ['gone'] } }]),
    ).toThrow(/there is no offer gone.*there is no group gone.*there is no tag gone/);
  });
});
