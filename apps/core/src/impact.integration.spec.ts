import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const PEOPLE = 300;
const OFFERS = [
  { key: 'dear', name: 'dear', value: 8 },
  { key: 'pushed', name: 'pushed', value: 4, lever: 300 },
  { key: 'plain', name: 'plain', value: 1 },
];
const shop = (percent?: object) => ({
  version: 1,
  prune: true,
  zones: [{ key: 'home.hero', channel: 'web' }],
  offers: OFFERS.map((offer) => ({
    ...offer,
    repeatable: true,
    afterReject: 'nothing',
    prior: { mean: 0.1, strength: 1000 },
  })),
  treatments: OFFERS.map(({ key }) => ({
    key: `${key}.hero`,
    offer: key,
    channel: 'web',
    zones: ['home.hero'],
    content: { headline: key },
  })),
  policies: percent === undefined ? [] : [{ key: 'measure', type: 'impact', percent }],
});

interface Receipt {
  arm: string | null;
  zones: {
    first: { draws: number; floor: number; offers: { offer: string; probability: number }[] } | null;
  }[];
  chancesUnknown: string | null;
  candidates: { offer: string; propensity: number; priority: number }[];
}
interface Report {
  begun: boolean;
  summary: string;
  sampleRatio: { broken: boolean };
  models: { known: number; speaking: number };
  arms: {
    arm: string;
    share: number;
    people: number;
    figures: { metric: string; mean: number; reference: number; verdict: string; sentence: string }[];
  }[];
}

describe('the impact analysis', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.UTC(2026, 5, 10, 12));
  const people = Array.from({ length: PEOPLE }, () => newId());
  const decide = async (anonymousId: string) => {
    const { body, text, status } = await core.call<{
      decisionId: string;
      zones: { offers: { offer: string; token: string; reason: string }[] }[];
      explanation: { arm?: string };
    }>('/v1/decisions', {
      body: { identifiers: { anonymousId }, channel: 'web', zones: [{ zone: 'home.hero' }], explain: true },
    });
    if (status !== 200) throw new Error(text);
    return { decisionId: body.decisionId, arm: body.explanation.arm ?? null, ...body.zones[0]!.offers[0]! };
  };
  const receipt = async (id: string) => (await core.call<Receipt>(`GET /v1/decisions/${id}`)).body;
  const report = async (query = '') => (await core.call<Report>(`GET /v1/reports/impact${query}`)).body;

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, shop());
    await visibly(core.call, '/v1/batch', {
      batch: people.map((anonymousId) => ({
        type: 'track',
        event: 'Arrived',
        anonymousId,
        messageId: newId(),
      })),
    });
  });
  afterAll(() => core.stop());

  it('waits until learning has something to show, unless a policy begins it', async () => {
    const arms = await Promise.all(people.slice(0, 100).map(async (id) => (await decide(id)).arm));
    expect(new Set(arms)).toEqual(new Set([null]));
    expect(await report()).toMatchObject({ begun: false, models: { known: 0, speaking: 0 } });
    expect((await report()).summary).toBe(
      'Nothing is measured yet: learning has taken in 0 updates, 1000 are wanted.',
    );
    const refused = await core.call('/v1/apply', {
      key: 'admin',
      body: {
        version: 1,
        policies: [
          { key: 'a', type: 'impact' },
          { key: 'b', type: 'impact' },
        ],
      },
    });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('is of this type already')]);
  });

  it('gives a few people everything but one thing, notes it in the receipt, and replays', async () => {
    await apply(
      core,
      shop({ reference: 20, random: 20, 'propensity-only': 20, 'no-lever': 20, 'model-control': 20 }),
    );
    const shown = new Map<string, Set<string>>();
    const chances: { offer: string; probability: number }[][] = [];
    for (const id of people) {
      const { decisionId, arm, offer, reason } = await decide(id);
      const kept = await receipt(decisionId);
      expect(kept.arm).toBe(arm);
      shown.set(String(arm), (shown.get(String(arm)) ?? new Set()).add(offer));
      if (arm === 'random') chances.push(kept.zones[0]!.first!.offers);
      if (arm === 'reference')
        expect(kept.zones[0]!.first!.offers).toEqual([{ offer: 'pushed', probability: 0.998 }]);
      const best = [...kept.candidates].sort((a, b) => b.priority - a.priority)[0]!;
      // All are as likely here: of equals another comes first each day.
      if (arm !== 'propensity-only') expect(best.offer).toBe(offer);
      if (arm === 'no-lever') expect(reason).toContain('ranked without levers');
      const { body } = await core.call<{ outcome: string }>(`POST /v1/decisions/${decisionId}/replay`);
      expect({ arm, outcome: body.outcome }).toEqual({ arm, outcome: 'same' });
    }
    const mean = (key: string) =>
      chances.reduce((sum, of) => sum + of.find(({ offer }) => offer === key)!.probability, 0) /
      chances.length;
    for (const key of ['dear', 'pushed', 'plain']) expect(Math.abs(mean(key) - 1 / 3)).toBeLessThan(0.02);
    for (const of of chances)
      expect(of.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    expect(shown.get('reference')).toEqual(new Set(['pushed']));
    expect(shown.get('model-control')).toEqual(new Set(['pushed']));
    expect(shown.get('no-lever')).toEqual(new Set(['dear']));
    expect(shown.get('random')).toEqual(new Set(['dear', 'pushed', 'plain']));
    expect(shown.has('null')).toBe(false);
  });

  it('keeps how likely each offer was to come first, and tells it in exports', async () => {
    const { decisionId } = await decide(people[7]!);
    const raw = async () => {
      const lines = (await core.call<string>('/v1/exports', { body: { kinds: ['decisions'] } })).text
        .trim()
        .split('\n');
      return lines
        .map((line) => (JSON.parse(line) as { data: Receipt & { decisionId: string } }).data)
        .find((one) => one.decisionId === decisionId);
    };
    await until('the receipt', async () => raw());
    expect((await raw())!.zones[0]!.first).toBeNull();
    const read = await receipt(decisionId);
    expect([read.chancesUnknown, read.zones[0]!.first!.draws]).toEqual([null, 256]);
    expect((await raw())!.zones[0]!.first).toEqual(read.zones[0]!.first);
    expect((await receipt(decisionId)).zones).toEqual(read.zones);
    const { body } = await core.call<{ outcome: string }>(`POST /v1/decisions/${decisionId}/replay`);
    expect(body.outcome).toBe('same');
  });

  it('keeps a person in her arm through the month, and when she says who she is', async () => {
    const [id] = people;
    const before = (await decide(id!)).arm;
    await visibly(core.call, '/v1/identify', { anonymousId: id, userId: newId() });
    expect((await decide(id!)).arm).toBe(before);
  });

  it('says what each part is worth, by month, of those who met it', async () => {
    const responses: object[] = [];
    for (const id of people) {
      const { arm, token } = await decide(id);
      // Levers please people here, and chance does not.
      if (arm !== 'random' && arm !== 'no-lever')
        responses.push({ responseId: newId(), token, type: 'accept' });
      else responses.push({ responseId: newId(), token, type: 'reject' });
    }
    for (let from = 0; from < responses.length; from += 100)
      await visibly(core.call, '/v1/responses', responses.slice(from, from + 100));
    const found = await until('people and what they did', async () => {
      const read = await report();
      const counted = read.arms.reduce((sum, { people: n }) => sum + n, 0);
      return counted === PEOPLE && read;
    });
    expect(found.begun).toBe(true);
    expect(found.sampleRatio.broken).toBe(false);
    const of = (arm: string, metric: string) =>
      found.arms.find((one) => one.arm === arm)!.figures.find((one) => one.metric === metric)!;
    expect(of('no-lever', 'engagement')).toMatchObject({ mean: 0, reference: 1, verdict: 'too-early' });
    expect(of('model-control', 'engagement')).toMatchObject({ mean: 1, reference: 1 });
    // The pushed offer is worth 4.
    expect(of('model-control', 'value')).toMatchObject({ mean: 4, reference: 4 });
    expect(found.summary).toBe('Nothing is certain yet.');
    clock.advance(31 * 86_400_000);
    expect((await report()).arms.every(({ people: n }) => n === 0)).toBe(true);
    expect((await report('?since=2026-06')).arms.reduce((sum, { people: n }) => sum + n, 0)).toBe(PEOPLE);
    expect((await core.call('GET /v1/reports/impact?since=June')).status).toBe(400);
    const [id] = people;
    const exported = await core.call<string>(`GET /v1/profiles/anonymous_id:${id}/export`);
    expect(exported.text).toContain('#impact');
  });
});
