import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { decide } from '../decide/index.js';
import { readReceipt } from './read-receipt.js';
import type { ReceiptHeader } from './receipt.js';
import { rosterOf } from './roster.js';
import { ReceiptWriter, withFirstPlaces } from './write-receipt.js';
import { FIRST_DRAWS } from './first-places.js';

const header: ReceiptHeader = {
  decisionId: '019b0000-0000-7000-8000-000000000001',
  at: Date.UTC(2026, 0, 15, 12),
  channel: 'web',
  profileId: '019b0000-0000-7000-8000-000000000002',
  anonymousId: '019b0000-0000-4000-8000-000000000003',
  profileVersion: 17,
  known: true,
  fallbackOnly: false,
  learned: 7,
  control: null,
  arm: null,
  timeZone: null,
  dialogueId: '019b0000-0000-7000-8000-000000000004',
  configurationRevision: 5,
  roster: 'of-spring',
  context: JSON.stringify({ page: '/cart', device: 'mobile' }),
};

function snapshotOver(count: number) {
  const offers = Array.from({ length: count }, (_, index) => ({
    key: `spring-campaign-offer-${index}`,
    name: 'x',
    value: Math.abs(12.5 - index / 2),
    lever: 15,
    ...(index % 4 === 0 ? { eligibility: 'profile.traits.loyalty_tier == "gold"' } : {}),
  }));
  return snapshotOf(webCatalogue(offers));
}

function decideOver(count: number, propensity = () => Math.random()) {
  const snapshot = snapshotOver(count);
  const zone = snapshot.zones.get('home.hero')!;
  return decide({
    snapshot,
    profile: person(),
    channel: 'web',
    zones: [{ zone, count: 3 }],
    context: {},
    now: header.at,
    propensity,
  });
}

const writer = new ReceiptWriter();
const write: ReceiptWriter['write'] = (...of) => writer.write(...of);
const read = (stored: string, offers: number) =>
  readReceipt(JSON.parse(stored), rosterOf(snapshotOver(offers)));

describe('a receipt', () => {
  it('takes at most 2 KB with 20 offers', () => {
    expect(Buffer.byteLength(write(header, decideOver(20)))).toBeLessThanOrEqual(2048);
    // With the chances of first places, too: the worst is that every offer came first once.
    for (const [offers, limit] of [
      [20, 2048],
      [100, 8192],
    ] as const) {
      const decision = decideOver(offers);
      const candidates = decision.evaluations.map(({ offer }) => offer.key);
      const counts = candidates.map((_, place) => [place, 3] as const);
      const places = { draws: FIRST_DRAWS, zones: [[offers, counts]] as const };
      const full = withFirstPlaces(write({ ...header, arm: 'propensity-only' }, decision), places);
      expect(Buffer.byteLength(full)).toBeLessThanOrEqual(limit);
      expect(read(full, offers).zones[0]?.first?.offers).toHaveLength(offers);
    }
  });

  it('reads back with every candidate, its numbers or the rule that dropped it', () => {
    const decision = decideOver(5, () => 0.123456789);
    const receipt = read(write(header, decision), 5);
    expect(receipt).toMatchObject({
      decisionId: header.decisionId,
      at: '2026-01-15T12:00:00.000Z',
      profileVersion: 17,
      known: true,
      fallbackOnly: false,
      configurationRevision: 5,
      context: { page: '/cart', device: 'mobile' },
      zones: [
        { zone: 'home.hero', count: 3, offers: [1, 2, 3].map((index) => `spring-campaign-offer-${index}`) },
      ],
    });
    expect(receipt.candidates).toHaveLength(5);
    expect(receipt.candidates[0]).toMatchObject({ dropped: 'unknown', zone: null, priority: null });
    expect(receipt.candidates[0]?.detail).toMatch(/loyalty_tier/);
    expect(receipt.candidates[1]).toEqual({
      offer: 'spring-campaign-offer-1',
      stage: 'new',
      zone: 'home.hero',
      place: 0,
      dropped: null,
      detail: null,
      question: null,
      level: null,
      propensity: 0.123456789,
      contextWeight: 1,
      value: 12,
      lever: 1.15,
      priority: 0.123456789 * 12 * 1.15,
    });
    expect(decideOver(5).evaluations).toHaveLength(5);
  });

  it('says which part of the engagement policy objected, and where it stands', () => {
    const decision = decideOver(3);
    const found = [
      ['not-suitable', 'offer', 'suitability', null],
      ['not-eligible', 'group', 'eligibility', null],
      ['unknown', 'issue', 'applicability', 'No such key: tier'],
    ] as const;
    found.forEach(([dropped, level, question, detail], index) =>
      Object.assign(decision.evaluations[index]!, { dropped, level, question, detail }),
    );
    const { candidates } = read(write(header, decision), 3);
    expect(candidates.map((c) => [c.dropped, c.level, c.question, c.detail])).toEqual(found);
  });

  it('keeps a small propensity', () => {
    const decision = decideOver(2, () => 1.23456789e-7);
    const [, candidate] = read(write(header, decision), 2).candidates;
    expect(candidate).toMatchObject({ propensity: 1.23e-7 });
  });

  it('is whole when nothing was considered', () => {
    const decision = { ...decideOver(1), evaluations: [] };
    expect(read(write(header, decision), 1).candidates).toEqual([]);
  });

  it('is refused when it is something else', () => {
    expect(() => readReceipt({ v: 1 }, [])).toThrow();
  });
});
