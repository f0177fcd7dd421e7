import { type ProfileView, withFacts } from '@repartee/profile/domain';
import fc from 'fast-check';
import { Deliberation, type DecideInput } from '../decide/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import {
  describeObstacle,
  type Disclosure,
  obstaclesOf,
  obstacleOf,
  summaryOf,
  togetherOf,
  zonesToAsk,
} from './index.js';

const NOW = Date.UTC(2026, 4, 10, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const all: Disclosure = { mayName: () => true, mayTell: true };

const rules = fc.option(
  fc.constantFrom(
    'profile.traits.age >= 18',
    'profile.traits.plan == "gold" || profile.traits.plan == "silver"',
    'profile.traits.age < 30 && has(profile.traits.plan)',
    'context.page != "cart"',
    'now > timestamp("2026-05-11T08:00:00Z")',
    'size(profile.traits.list) > 2',
  ),
  { nil: undefined },
);
const moments = fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined });
const offers = fc.record({
  eligibility: rules,
  applicability: rules,
  suitability: rules,
  from: moments,
  until: moments,
  repeatable: fc.boolean(),
  afterReject: fc.constantFrom('session', '2d', 'nothing'),
});
const people = fc.record({
  traits: fc.record(
    { age: fc.integer({ min: 10, max: 40 }), plan: fc.constantFrom('gold', 'free') },
    { requiredKeys: [] },
  ),
  memory: fc.option(
    fc.record({
      accepts: fc.constantFrom(0, 0, 1),
      lastResponse: fc.constantFrom('reject', 'click', 'later', null),
      hoursAgo: fc.integer({ min: 0, max: 60 }),
      later: fc.option(fc.integer({ min: -2, max: 4 }), { nil: undefined }),
    }),
    { nil: undefined },
  ),
  seen: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 4 }),
});

function scene(offer: Offer, known: Known, now = NOW): DecideInput {
  const day = (days: number | undefined) =>
    days === undefined ? undefined : new Date(NOW + days * DAY - HOUR).toISOString();
  const { from, until, ...rest } = offer;
  const end = until === undefined ? undefined : (from ?? until - 1) + Math.max(1, until);
  const given = { ...rest, validFrom: day(from), validUntil: day(end) };
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const snapshot = snapshotOf(
    webCatalogue([{ key: 'tea', name: 'Tea', value: 10, ...defined }], {
      policies: [
        {
          type: 'contact',
          key: 'enough',
          outcomes: ['impression'],
          count: 2,
          within: '3d',
          suppress: 'offer',
          for: '1d',
        },
        {
          type: 'contact',
          key: 'often',
          outcomes: ['impression'],
          count: 3,
          within: '4d',
          suppress: 'channel',
        },
      ],
    }),
  );
  return {
    snapshot,
    profile: viewOf(known),
    channel: 'web',
    zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
    context: { page: 'cart' },
    now,
    propensity: () => 0.1,
  };
}

interface Offer {
  eligibility?: string | undefined;
  applicability?: string | undefined;
  suitability?: string | undefined;
  from?: number | undefined;
  until?: number | undefined;
  repeatable: boolean;
  afterReject: string;
}
interface Known {
  traits: object;
  memory?:
    | { accepts: number; lastResponse: string | null; hoursAgo: number; later?: number | undefined }
    | undefined;
  seen: number[];
}

function viewOf({ traits, memory, seen }: Known): ProfileView {
  const counts = {
    impressions: 1,
    clicks: 0,
    rejects: 0,
    dismissals: 0,
    laters: 0,
    converts: 0,
    lastId: null,
  };
  return person({
    traits: { ...traits },
    ...(memory && {
      offers: {
        tea: {
          ...counts,
          accepts: memory.accepts,
          lastResponse: memory.lastResponse,
          lastAt: new Date(NOW - memory.hoursAgo * HOUR),
          ...(memory.later !== undefined && { until: NOW + memory.later * DAY }),
        },
      },
    }),
    contacts: { tea: { 'web/impression': seen.map((hours) => NOW - hours * HOUR) } },
  });
}

const teaIn = ({ snapshot }: DecideInput) => snapshot.zones.get('home.hero')!.candidates[0]!;
const decided = (input: DecideInput) => new Deliberation(input).decide().evaluations[0]!;
const found = (input: DecideInput) => obstaclesOf(teaIn(input), input, decided(input));

describe('why not', () => {
  it('begins with the rule by which a decision drops the offer, and is empty when none does', () => {
    fc.assert(
      fc.property(offers, people, (offer, known) => {
        const input = scene(offer, known);
        const { dropped, detail } = decided(input);
        const [first] = found(input);
        expect(first?.rule ?? null).toBe(dropped);
        if (first) expect(first.detail ?? null).toBe(dropped === 'no-longer-valid' ? null : detail);
      }),
      { numRuns: 200 },
    );
  });

  it('says when an obstacle ends: then it is gone', () => {
    fc.assert(
      fc.property(offers, people, (offer, known) => {
        const input = scene(offer, known);
        for (const { rule, detail, lifting } of found(input)) {
          if (lifting.at === null) continue;
          expect(lifting.at).toBeGreaterThan(NOW);
          const later = found(scene(offer, known, lifting.at));
          // Of rules in CEL several may come to the same verdict; that each turns is proved where it is diagnosed.
          if (rule === 'not-eligible' || rule === 'not-applicable' || rule === 'not-suitable') continue;
          expect(later.some((one) => one.rule === rule && one.detail === detail)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('names facts that unblock the rules when they are so', () => {
    let tried = 0;
    fc.assert(
      fc.property(offers, people, (offer, known) => {
        const input = scene(offer, known);
        const together = togetherOf(found(input), teaIn(input), input);
        for (const facts of together?.remedies ?? []) {
          const changed = withFacts({ profile: input.profile, context: input.context }, facts);
          const again = { ...input, profile: changed.profile as ProfileView, context: changed.context ?? {} };
          const left = found(again).filter(({ condition }) => condition !== null);
          expect(left).toEqual([]);
          tried += 1;
        }
      }),
      { numRuns: 200 },
    );
    expect(tried).toBeGreaterThan(50);
  });

  it('tells it in words', () => {
    const known = { traits: { age: 17 }, seen: [1, 2] };
    const input = scene(
      { eligibility: 'profile.traits.age >= 18', repeatable: true, afterReject: 'nothing' },
      known,
    );
    const shown = found(input).map((one) => describeObstacle(one, all));
    expect(shown.map(({ words }) => words)).toEqual([
      'The person is not eligible. It would hold if: profile.traits.age must be at least 18 (now 17).',
      'The person has had enough for now: enough. By itself that ends at 2026-05-11T11:00:00.000Z.',
    ]);
    expect(summaryOf(shown, { shown: false, chance: null, winners: [] })).toMatch(
      /^The person is not eligible.*Besides that: The person has had enough/,
    );
  });

  it('keeps to itself what whoever asks may not see', () => {
    const secret: Disclosure = { mayName: (path) => !path.includes('health'), mayTell: false };
    const rule = 'profile.traits.health == "frail" && profile.traits.age > 60';
    const input = scene(
      { eligibility: rule, repeatable: true, afterReject: 'nothing' },
      { traits: { age: 70 }, seen: [] },
    );
    const [obstacle] = found(input);
    const shown = describeObstacle(obstacle!, secret);
    expect(shown).toMatchObject({
      rule: 'not-eligible',
      detail: null,
      condition: null,
      failing: [],
      needs: [],
      withheld: true,
    });
    expect(JSON.stringify(shown)).not.toMatch(/health|frail|70/);
    const open = scene(
      { eligibility: 'profile.traits.age > 60', repeatable: true, afterReject: 'nothing' },
      { traits: { age: 47 }, seen: [] },
    );
    const told = describeObstacle(found(open)[0]!, secret);
    expect(told.needs?.[0]?.[0]).toMatchObject({ fact: 'profile.traits.age', value: 60, current: null });
    expect(JSON.stringify(told)).not.toMatch(/47/);
  });

  it('compares facts of the person with attributes of the offer', () => {
    const snapshot = snapshotOf(
      webCatalogue(
        [
          {
            key: 'loan',
            name: 'Loan',
            value: 5,
            group: 'loans',
            attributes: { least: 3 },
            eligibility: 'profile.traits.score >= offer.attributes.least',
          },
        ],
        {
          groups: [{ key: 'loans', attributes: [{ name: 'least', type: 'number' }] }],
        },
      ),
    );
    const base = scene({ repeatable: true, afterReject: 'nothing' }, { traits: { score: 1 }, seen: [] });
    const input = { ...base, snapshot, zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }] };
    const [obstacle] = found(input);
    expect(describeObstacle(obstacle!, all).needs?.[0]?.[0]).toMatchObject({
      fact: 'profile.traits.score',
      value: 3,
      current: 1,
    });
    expect(togetherOf(found(input), teaIn(input), input)?.remedies).toHaveLength(1);
  });

  it('asks for the zones the offer can be shown in', () => {
    const { snapshot } = scene({ repeatable: true, afterReject: 'nothing' }, { traits: {}, seen: [] });
    const asked = (question: { zone?: string; channel?: string }) => {
      const zones = zonesToAsk(snapshot, { offer: 'tea', ...question });
      return zones.ok ? zones.value.map(({ zone }) => zone.key) : zones.failure.code;
    };
    expect([asked({}), asked({ channel: 'sms' }), asked({ zone: 'home.hero' })]).toEqual([
      ['home.hero'],
      [],
      ['home.hero'],
    ]);
    expect([asked({ zone: 'moon' }), asked({ zone: 'home.hero', channel: 'sms' })]).toEqual([
      'DECISION.UNKNOWN_ZONE',
      'DECISION.ZONE_OF_OTHER_CHANNEL',
    ]);
    expect(obstacleOf('restricted', { when: 'change', at: null }).condition).toBeNull();
  });
});
