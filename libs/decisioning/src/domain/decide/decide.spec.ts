import type { ProfileView } from '@repartee/profile/domain';
import fc from 'fast-check';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import type { CatalogueDocument, CatalogueSnapshot } from '../catalogue/index.js';
import { applyResponse } from '../response/index.js';
import type { Decision } from './choose.js';
import { decide } from './decide.js';
import { reasonFor } from './reason.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const offer = (key: string, more: object = {}) => ({ key, name: key, value: 10, ...more });

interface Question {
  profile?: ProfileView;
  context?: object;
  zones?: Record<string, number>;
  propensity?: (offer: string) => number;
}

function ask(snapshot: CatalogueSnapshot, question: Question = {}): Decision {
  return decide({
    snapshot,
    profile: question.profile ?? person(),
    channel: 'web',
    zones: Object.entries(question.zones ?? { 'home.hero': 1 }).map(([zone, count]) => ({
      zone: snapshot.zones.get(zone)!,
      count,
    })),
    context: question.context ?? {},
    now: NOW,
    propensity: (input) => question.propensity?.(input.offer) ?? 0.1,
  });
}

const make = (offers: CatalogueDocument['offers'], more?: CatalogueDocument) =>
  snapshotOf(webCatalogue(offers, more));
const chosen = (decision: Decision) =>
  decision.zones.map(({ choices }) => choices.map(({ evaluation }) => evaluation.offer.key));
const drops = (decision: Decision) =>
  Object.fromEntries(decision.evaluations.map((evaluation) => [evaluation.offer.key, evaluation.dropped]));
const remember = (...types: Parameters<typeof applyResponse>[1]['type'][]) => {
  const memory = types.reduce(
    (memory, type, index) => applyResponse(memory, { id: `${index}`, type, at: NOW + index }),
    undefined as ReturnType<typeof applyResponse> | undefined,
  )!;
  return { ...memory, lastAt: new Date(memory.lastAt ?? 0) };
};

describe('deciding', () => {
  it('ranks by propensity × context × value × lever', () => {
    const snapshot = make([
      offer('plain'),
      offer('raised', { lever: 50 }),
      offer('worth-more', { value: 14 }),
      offer('in-context', {
        contextWeights: [
          { when: 'context.page == "cart"', weight: 2 },
          { when: 'context.hour > 18', weight: 1.5 },
          { when: 'profile.known', weight: 0 },
        ],
      }),
    ]);
    const zones = { 'home.hero': 4 };
    expect(chosen(ask(snapshot, { zones }))).toEqual([['raised', 'worth-more', 'in-context', 'plain']]);
    const inCart = ask(snapshot, { zones, context: { page: 'cart', hour: 20 } });
    expect(chosen(inCart)).toEqual([['in-context', 'raised', 'worth-more', 'plain']]);
    expect(inCart.zones[0]?.choices[0]?.evaluation).toMatchObject({
      propensity: 0.1,
      contextWeight: 3,
      priority: expect.closeTo(3, 10),
    });
  });

  it('lets every candidate that is not shown say which rule dropped it', () => {
    const snapshot = make([
      offer('accepted'),
      offer('accepted-again', { repeatable: true }),
      offer('early', { validFrom: '2026-01-15T12:00:00.001Z' }),
      offer('late', { validUntil: '2026-01-15T12:00:00Z' }),
      offer('not-for-her', { eligibility: 'profile.known' }),
      offer('unknown', { eligibility: 'profile.traits.tier == "gold"' }),
      offer('outranked', { value: 1 }),
    ]);
    const offers = { accepted: remember('accept'), 'accepted-again': remember('click', 'accept') };
    const decision = ask(snapshot, { profile: person({ offers } as Partial<ProfileView>) });
    expect(chosen(decision)).toEqual([['accepted-again']]);
    expect(drops(decision)).toEqual({
      accepted: 'already-accepted',
      'accepted-again': null,
      early: 'not-yet-valid',
      late: 'no-longer-valid',
      'not-for-her': 'not-eligible',
      unknown: 'unknown',
      outranked: 'outranked',
    });
    const unknown = decision.evaluations.find((evaluation) => evaluation.dropped === 'unknown');
    expect(unknown?.detail).toMatch(/tier/);
    expect(reasonFor(unknown!)).toMatch(/^Whether the person is eligible is unknown: .*tier.*\.$/);
  });

  it('asks issue, group and offer for eligibility, then applicability, then suitability', () => {
    const rules = (name: string) => ({
      eligibility: `!("${name}.e" in context.no)`,
      applicability: `!("${name}.a" in context.no)`,
      suitability: `!("${name}.s" in context.no)`,
    });
    const snapshot = make([{ ...offer('a', rules('offer')), group: 'roasts', lever: 10 }], {
      issues: [{ key: 'sell', lever: 20, ...rules('issue') }],
      groups: [{ key: 'roasts', issue: 'sell', lever: 30, ...rules('group') }],
    });
    const order = ['e', 'a', 's'].flatMap((question) =>
      ['issue', 'group', 'offer'].map((level) => `${level}.${question}`),
    );
    const found = order.map((_, from) => {
      const [evaluation] = ask(snapshot, { context: { no: order.slice(from) } }).evaluations;
      return [evaluation!.level, evaluation!.question, evaluation!.dropped, reasonFor(evaluation!)];
    });
    const drops = { e: 'not-eligible', a: 'not-applicable', s: 'not-suitable' };
    expect(found.map(([level, question]) => `${level}.${question?.charAt(0)}`)).toEqual(order);
    expect(found.map(([, , dropped]) => dropped)).toEqual(
      order.map((rule) => drops[rule.slice(-1) as keyof typeof drops]),
    );
    expect(found[0]?.[3]).toBe('The person is not eligible (eligibility of the issue sell).');
    expect(found[4]?.[3]).toBe('It does not apply now (applicability of the group roasts).');
    expect(found[8]?.[3]).toBe('It does not suit the person.');
    const [unknown] = ask(snapshot).evaluations;
    expect(unknown).toMatchObject({ dropped: 'unknown', level: 'issue', question: 'eligibility' });
    expect(reasonFor(unknown!)).toMatch(
      /^Whether the person is eligible is unknown \(eligibility of the issue sell\): .*no/,
    );
    expect(ask(snapshot, { context: { no: [] } }).evaluations[0]?.offer).toMatchObject({ lever: 1.6 });
  });

  it('does not show one offer in two zones of a request', () => {
    const zones = [{ key: 'home.side', channel: 'web' }];
    const snapshot = make([offer('a', { value: 3 }), offer('b', { value: 2 }), offer('c', { value: 1 })], {
      zones,
    });
    expect(chosen(ask(snapshot, { zones: { 'home.side': 1, 'home.hero': 5 } }))).toEqual([['a'], ['b', 'c']]);
  });

  it('asks for the propensity at the stage where the person stands', () => {
    const snapshot = make([offer('a', { afterReject: 'nothing' })]);
    const stages: string[] = [];
    for (const memory of [
      undefined,
      remember('impression'),
      remember('click', 'impression'),
      remember('reject'),
    ]) {
      const profile = person({ offers: memory ? { a: memory } : {} } as Partial<ProfileView>);
      decide({
        snapshot,
        profile,
        channel: 'web',
        zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
        context: {},
        now: NOW,
        propensity: ({ stage }) => (stages.push(stage), 0.1),
      });
    }
    expect(stages).toEqual(['new', 'seen', 'clicked', 'rejected']);
  });

  it('takes an offer named like a member of every object for new', () => {
    const snapshot = make([offer('constructor')]);
    expect(chosen(ask(snapshot))).toEqual([['constructor']]);
  });

  it('remembers verdicts on the profile alone, never those on context or time', () => {
    const snapshot = make([
      offer('profile', { eligibility: 'profile.traits.tier == "gold"' }),
      offer('context', { eligibility: 'context.open', value: 11 }),
    ]);
    const gold = person({ traits: { tier: 'gold' } });
    expect(chosen(ask(snapshot, { profile: gold, context: { open: true } }))).toEqual([['context']]);
    expect(chosen(ask(snapshot, { profile: gold, context: { open: false } }))).toEqual([['profile']]);
    expect(snapshot.standings.get(gold)?.verdicts.filter(Boolean)).toHaveLength(1);
    expect(chosen(ask(snapshot, { context: { open: false } }))).toEqual([[]]);
  });

  it('explains a choice in a sentence', () => {
    const snapshot = make([
      offer('a', { currency: 'EUR', lever: 50, contextWeights: [{ when: 'true', weight: 2 }] }),
    ]);
    const [evaluation] = ask(snapshot, { propensity: () => 0.0623 }).evaluations;
    expect(reasonFor(evaluation!)).toBe(
      'Not shown before; 6.2 % likely to say yes, worth 10 EUR, ×2 in this context, ×1.5 by the marketer.',
    );
  });
});

describe('any decision', () => {
  const anyOffer = fc.record({
    key: fc.stringMatching(/^[a-z]{1,3}$/),
    name: fc.constant('x'),
    value: fc.integer({ min: 0, max: 5 }),
    lever: fc.constantFrom(-100, 0, 50),
    eligibility: fc.constantFrom(undefined, 'profile.known', '!profile.known', 'context.x == 1'),
  });
  const offers = fc.uniqueArray(anyOffer, { selector: ({ key }) => key, maxLength: 12 });
  const zones = [{ key: 'home.side', channel: 'web' }];

  it('fills zones in rank order without repetition, and accounts for every candidate once', () => {
    fc.assert(
      fc.property(offers, fc.nat(4), fc.nat(4), (list, hero, side) => {
        const decision = ask(make(list, { zones }), {
          zones: { 'home.hero': hero + 1, 'home.side': side + 1 },
        });
        const shown = chosen(decision).flat();
        expect(new Set(shown).size).toBe(shown.length);
        expect(decision.evaluations.map((e) => e.offer.key).sort()).toEqual(list.map((o) => o.key).sort());
        for (const evaluation of decision.evaluations) {
          expect(evaluation.zone >= 0).toBe(evaluation.dropped === null);
        }
        const ranked = decision.zones.flatMap(({ choices }) => choices.map((c) => c.evaluation.priority));
        expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
        const eligible = decision.evaluations.filter(
          (e) => e.dropped === null || e.dropped === 'outranked',
        ).length;
        expect(shown.length).toBe(Math.min(eligible, hero + side + 2));
      }),
    );
  });

  it('does not depend on the order of the catalogue', () => {
    fc.assert(
      fc.property(offers, (list) => {
        const zone = { 'home.hero': 12 };
        expect(chosen(ask(make(list), { zones: zone }))).toEqual(
          chosen(ask(make([...list].reverse()), { zones: zone })),
        );
      }),
    );
  });
});
