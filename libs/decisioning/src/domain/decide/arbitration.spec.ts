import type { ProfileView } from '@repartee/profile/domain';
import fc from 'fast-check';
import type { CatalogueDocument, CatalogueSnapshot } from '../catalogue/index.js';
import { controlOf } from '../control/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { Deliberation } from './decide.js';
import { type Evaluation, outranks } from './evaluation.js';
import { Ties } from './ties.js';
import { reasonFor } from './reason.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const SIDE = [{ key: 'home.side', channel: 'web' }];
type Policies = NonNullable<CatalogueDocument['policies']>;
const offer = (key: string, value: number, more: object = {}) => ({ key, name: key, value, ...more });

function deliberate(
  snapshot: CatalogueSnapshot,
  zones: Record<string, number> = { 'home.hero': 9 },
  {
    profile = person(),
    context = {},
    now = NOW,
  }: { profile?: ProfileView; context?: object; now?: number } = {},
) {
  return new Deliberation({
    snapshot,
    profile,
    channel: 'web',
    zones: Object.entries(zones).map(([zone, count]) => ({ zone: snapshot.zones.get(zone)!, count })),
    context,
    now,
    propensity: () => 0.1,
  });
}

const make = (offers: CatalogueDocument['offers'], policies: Policies = [], more: CatalogueDocument = {}) =>
  snapshotOf(webCatalogue(offers, { zones: SIDE, policies, ...more }));
const shown = (deliberation: Deliberation) =>
  deliberation.decide().zones.map(({ choices }) => choices.map(({ evaluation }) => evaluation.offer.key));

describe('diversity', () => {
  const offers = [
    offer('a', 9, { group: 'tea' }),
    offer('b', 8, { group: 'tea' }),
    offer('c', 7, { group: 'tea' }),
    offer('d', 6, { group: 'jam' }),
    offer('e', 5, { tags: ['loud'] }),
    offer('f', 4, { tags: ['loud'] }),
  ];

  it('lets at most so many of each group into an answer, or into a zone', () => {
    const each = { key: 'mix', type: 'diversity', atMost: 1, each: 'group' } as const;
    const zones = { 'home.hero': 3, 'home.side': 3 };
    expect(shown(deliberate(make(offers, [each]), zones))).toEqual([['a', 'd', 'e'], ['f']]);
    const perZone = make(offers, [{ ...each, per: 'zone' }]);
    expect(shown(deliberate(perZone, zones))).toEqual([
      ['a', 'd', 'e'],
      ['b', 'f'],
    ]);
  });

  it('keeps offers apart that exclude each other, and says so', () => {
    const apart: Policies[number] = {
      key: 'apart',
      type: 'diversity',
      atMost: 1,
      of: { tags: ['loud'], offers: ['a'] },
    };
    const deliberation = deliberate(make(offers, [apart]));
    expect(shown(deliberation)).toEqual([['a', 'b', 'c', 'd']]);
    const dropped = deliberation.decide().evaluations.find((evaluation) => evaluation.offer.key === 'e');
    expect(reasonFor(dropped!)).toBe('Enough of its kind are shown: apart.');
  });

  it('shows a bundle or what it holds, and the bundle only to whom all of it may be shown', () => {
    const bundled = [
      offer('set', 20, { bundle: ['pot', 'cup'] }),
      offer('pot', 9, { eligibility: 'context.adult' }),
      offer('cup', 8),
    ];
    expect(shown(deliberate(make(bundled), undefined, { context: { adult: true } }))).toEqual([['set']]);
    expect(shown(deliberate(make(bundled), undefined, { context: { adult: false } }))).toEqual([['cup']]);
    const dear = [offer('set', 1, { bundle: ['pot', 'cup'] }), ...bundled.slice(1)];
    expect(shown(deliberate(make(dear), undefined, { context: { adult: true } }))).toEqual([['pot', 'cup']]);
    expect(() => make([offer('x', 1, { bundle: ['x', 'gone'] })])).toThrow(
      /x is a bundle itself.*no offer gone/,
    );
  });
});

describe('the marketer’s last word', () => {
  const offers = [offer('best', 9), offer('pinned', 1), offer('barred', 5, { eligibility: 'profile.known' })];
  const put = (more: object): Policies => [
    { key: 'last', type: 'override', zone: 'home.hero', offer: 'pinned', ...more } as Policies[number],
  ];

  it('pins an offer to the first place, while it is in force', () => {
    const pin = put({ when: 'context.fair', validUntil: '2026-01-15T12:00:01Z' });
    const context = { fair: true };
    const deliberation = deliberate(make(offers, pin), { 'home.hero': 2 }, { context });
    expect(shown(deliberation)).toEqual([['pinned', 'best']]);
    expect(reasonFor(deliberation.decide().zones[0]!.choices[0]!.evaluation)).toBe(
      'Put here by the marketer (last).',
    );
    expect(shown(deliberate(make(offers, pin), { 'home.hero': 2 }))).toEqual([['best', 'pinned']]);
    expect(shown(deliberate(make(offers, pin), { 'home.hero': 1 }, { context, now: NOW + 1000 }))).toEqual([
      ['best'],
    ]);
    expect(shown(deliberate(make(offers, pin), { 'home.side': 1 }, { context }))).toEqual([['best']]);
  });

  it('pins nothing against a rule, forces against it, and never against a hard cap', () => {
    expect(shown(deliberate(make(offers, put({ offer: 'barred' }))))).toEqual([['best', 'pinned']]);
    const forced = make(offers, put({ offer: 'barred', mode: 'force' }));
    expect(shown(deliberate(forced))).toEqual([['barred', 'best', 'pinned']]);
    const deliberation = deliberate(forced);
    deliberation.refuse(deliberation.decide().zones[0]!.choices[0]!.evaluation, 'few');
    expect(shown(deliberation)).toEqual([['best', 'pinned']]);
  });

  it('may only be said of a zone where the offer has a treatment', () => {
    expect(() => make(offers, put({ zone: 'nowhere' }))).toThrow(
      /pinned has no treatment in the zone nowhere/,
    );
  });
});

describe('the next best question', () => {
  it('is the one whose answer would change the ranking most', () => {
    const snapshot = make([
      offer('shown', 10),
      offer('card', 40, { eligibility: 'profile.traits.age >= 18 && profile.traits.income > 1000' }),
      offer('car', 30, { eligibility: 'profile.traits.age >= 18' }),
      offer('pet', 11, { eligibility: 'profile.traits["has_dog"] == true' }),
      offer('low', 5, { eligibility: 'profile.traits.low' }),
      offer('barred', 90, { eligibility: 'profile.traits.x', suitability: '1 > 2' }),
    ]);
    const deliberation = deliberate(snapshot, { 'home.hero': 1 });
    // Priorities are a tenth of the value, and the bar is 1: 3/4 for the card with two answers, 2/2 for the car, 0.1/2.
    expect(deliberation.questions(deliberation.decide())).toEqual([
      { trait: 'age', gain: expect.closeTo(0.75 + 1, 9), offers: ['car', 'card'] },
      { trait: 'income', gain: expect.closeTo(0.75, 9), offers: ['card'] },
      { trait: 'has_dog', gain: expect.closeTo(0.05, 9), offers: ['pet'] },
    ]);
  });
});

describe('any arbitration', () => {
  const anyOffer = fc.record({
    key: fc.stringMatching(/^[a-z]{1,2}$/),
    name: fc.constant('x'),
    value: fc.integer({ min: 0, max: 9 }),
    group: fc.constantFrom('g', 'h', undefined),
    tags: fc.subarray(['s', 't']),
    eligibility: fc.constantFrom(undefined, 'profile.known', '!profile.known'),
  });
  const tags = fc.constantFrom<{ tags: string[] } | undefined>(undefined, { tags: ['s'] });
  const anyPolicy = fc.record({
    type: fc.constant('diversity' as const),
    atMost: fc.integer({ min: 1, max: 3 }),
    of: tags,
    each: fc.constantFrom('group' as const, undefined),
    per: fc.constantFrom('zone' as const, 'decision' as const),
  });
  const catalogue = fc
    .tuple(
      fc.uniqueArray(anyOffer, { selector: ({ key }) => key, minLength: 1, maxLength: 12 }),
      fc.array(anyPolicy, { maxLength: 3 }),
    )
    // A catalogue needs a tag to be there that a policy names.
    .map(([offers, policies]) =>
      make(
        [...offers, { ...offer('zz-last', 0), tags: ['s'] }],
        policies.map((policy, index) => ({ key: `p${index}`, ...policy })),
      ),
    );
  const counts = fc.record({
    'home.hero': fc.integer({ min: 1, max: 4 }),
    'home.side': fc.integer({ min: 1, max: 4 }),
  });

  it('breaks no limit, repeats nothing, and leaves out nothing better that would fit', () => {
    fc.assert(
      fc.property(catalogue, counts, (snapshot, zones) => {
        const decision = deliberate(snapshot, zones).decide();
        const all = decision.zones.flatMap(({ choices }, zone) =>
          choices.map(({ evaluation }) => ({ evaluation, zone })),
        );
        expect(new Set(all.map(({ evaluation }) => evaluation)).size).toBe(all.length);
        const room = (candidate: Evaluation, zone: number, others: typeof all) =>
          candidate.offer.limits.every(({ bucket, atMost, per }) => {
            const same = others.filter(
              (other) =>
                (per === 'decision' || other.zone === zone) &&
                other.evaluation.offer.limits.some((limit) => limit.bucket === bucket),
            );
            return same.length < atMost;
          });
        const ties = new Ties('', NOW);
        all.forEach((one, index) => expect(room(one.evaluation, one.zone, all.slice(0, index))).toBe(true));
        decision.zones.forEach(({ count, choices }, zone) => {
          const before = all.filter((one) => one.zone < zone);
          const mine = all.filter((one) => one.zone === zone);
          for (const evaluation of decision.evaluations) {
            const free = evaluation.dropped === 'outranked' || evaluation.dropped === 'crowded-out';
            if (!free) continue;
            const ahead = mine.filter((one) => outranks(one.evaluation, evaluation, ties));
            if (ahead.length < count) expect(room(evaluation, zone, [...before, ...ahead])).toBe(false);
          }
          expect(choices.map(({ evaluation }) => evaluation)).toEqual(
            choices.map(({ evaluation }) => evaluation).sort((a, b) => (outranks(a, b, ties) ? -1 : 1)),
          );
        });
      }),
    );
  });

  it('is the same when it is taken again, and after a refusal as if the offer were not there', () => {
    fc.assert(
      fc.property(catalogue, counts, fc.nat(5), (snapshot, zones, which) => {
        const deliberation = deliberate(snapshot, zones);
        const first = shown(deliberation);
        expect(shown(deliberation)).toEqual(first);
        const chosen = deliberation.decide().evaluations.filter(({ zone }) => zone >= 0);
        const refused = chosen[which % Math.max(1, chosen.length)];
        if (!refused) return;
        deliberation.refuse(refused, 'cap');
        const fresh = deliberate(snapshot, zones);
        const same = fresh.decide().evaluations.find((one) => one.offer === refused.offer);
        fresh.refuse(same!, 'cap');
        expect(shown(deliberation)).toEqual(shown(fresh));
        expect(shown(deliberation).flat()).not.toContain(refused.offer.key);
        expect(refused).toMatchObject({ dropped: 'cap-reached', detail: 'cap', zone: -1 });
      }),
    );
  });
});

describe('the control group', () => {
  const controls = [{ key: 'universal', share: 0.02, channels: new Set(['web']) }];
  const people = Array.from({ length: 50_000 }, (_, index) => `person-${index}`);
  const group = (now: number) => people.filter((id) => controlOf(controls, id, 'web', now) !== null);

  it('is two of a hundred, the same all month, and others the next', () => {
    const january = group(NOW);
    expect(january.length).toBeGreaterThan(850);
    expect(january.length).toBeLessThan(1150);
    expect(group(Date.UTC(2026, 0, 31, 23, 59))).toEqual(january);
    const february = new Set(group(Date.UTC(2026, 1, 1)));
    expect(january.filter((id) => february.has(id)).length).toBeLessThan(january.length * 0.1);
  });

  it('is of its channels, and of people who can be told apart', () => {
    const [somebody] = group(NOW);
    expect(controlOf(controls, somebody!, 'web', NOW)).toBe('universal');
    expect(controlOf(controls, somebody!, 'email', NOW)).toBeNull();
    expect(controlOf(controls, null, 'web', NOW)).toBeNull();
  });
});
