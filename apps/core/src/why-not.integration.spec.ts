import type { WhyNotAnswer } from '@repartee/decisioning';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 4, 1, 12);
const OFFERS = [
  {
    key: 'tea',
    name: 'Tea',
    value: 90,
    eligibility: 'profile.traits.plan == "gold" && profile.traits.orders >= 3',
  },
  { key: 'care', name: 'Care', value: 50, eligibility: 'profile.traits.health == "frail"' },
  { key: 'jam', name: 'Jam', value: 1, repeatable: true },
  { key: 'cake', name: 'Cake', value: 40, repeatable: true },
  { key: 'rare', name: 'Rare', value: 500 },
];
const SHOP = {
  version: 1,
  prune: true,
  zones: [
    { key: 'home.hero', channel: 'web' },
    { key: 'home.foot', channel: 'web' },
  ],
  offers: OFFERS,
  treatments: OFFERS.map(({ key }) => ({
    key: `${key}.hero`,
    offer: key,
    channel: 'web',
    zones: ['home.hero'],
    content: { headline: key },
  })),
  policies: [
    {
      key: 'few',
      type: 'cap',
      of: { offers: ['rare'] },
      limit: 1,
      each: ['person'],
      period: 'day',
      hold: '2h',
    },
    {
      key: 'enough',
      type: 'contact',
      of: { offers: ['jam'] },
      outcomes: ['impression'],
      count: 1,
      within: '7d',
      suppress: 'offer',
      for: '3d',
    },
  ],
};

describe('why not', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(START);
  const meet = async (traits: object) => {
    const userId = newId();
    const { profileId } = await visibly(core.call, '/v1/identify', { userId, traits });
    return { userId, profileId };
  };
  const ask = async (profileId: string, query: string, key?: string) =>
    core.call<WhyNotAnswer>(
      `GET /v1/profiles/${profileId}/why-not?${query}`,
      key === undefined ? {} : { key: { bearer: key } },
    );
  const about = async (profileId: string, query: string) => {
    const { status, body, text } = await ask(profileId, query);
    if (status !== 200) throw new Error(text);
    return body.zones[0]!;
  };
  const decide = async (userId: string) => {
    const { body } = await core.call<{ zones: { offers: { offer: string; token: string }[] }[] }>(
      '/v1/decisions',
      {
        body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }] },
      },
    );
    return body.zones[0]!.offers[0]!;
  };

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, SHOP);
  });
  afterAll(() => core.stop());

  it('names the facts that would unblock an offer, and with them it is unblocked', async () => {
    const { userId, profileId } = await meet({ plan: 'free' });
    const before = await about(profileId, 'offer=tea');
    expect(before).toMatchObject({ zone: 'home.hero', verdict: 'blocked', liftsAt: null });
    expect(before.obstacles[0]).toMatchObject({
      rule: 'not-eligible',
      question: 'eligibility',
      failing: [
        { condition: 'profile.traits.plan == "gold"', verdict: 'false' },
        { condition: 'profile.traits.orders >= 3', verdict: 'unknown' },
      ],
    });
    const facts = before.unblock![0]!;
    expect(facts.map(({ words }) => words)).toEqual([
      'profile.traits.plan must be "gold" (now "free")',
      'profile.traits.orders must be at least 3 (not known now)',
    ]);
    const traits = Object.fromEntries(facts.map(({ fact, example }) => [fact.split('.').at(-1), example]));
    await visibly(core.call, '/v1/identify', { userId, traits });
    expect((await about(profileId, 'offer=tea')).obstacles).toEqual([]);
  });

  it('says who goes before it, with the numbers of both', async () => {
    const { profileId } = await meet({});
    const found = await about(profileId, 'offer=cake&zone=home.hero');
    expect(found).toMatchObject({
      verdict: 'outranked',
      obstacles: [],
      own: { offer: 'cake', value: 40, lever: 1 },
    });
    const [winner] = found.winners;
    expect(winner).toMatchObject({ offer: 'rare', place: 0, value: 500 });
    expect(winner!.priority).toBeCloseTo(
      winner!.propensity * winner!.contextWeight * winner!.value * winner!.lever,
      9,
    );
    expect(found.summary).toContain('rare goes before it');
    expect((await about(profileId, 'offer=rare')).verdict).toBe('shown');
    expect((await about(profileId, 'offer=rare')).chance).toBe(1);
  });

  it('knows when caps and contact policies end, takes no room and counts nothing', async () => {
    const { userId, profileId } = await meet({});
    for (let n = 0; n < 3; n += 1) expect((await about(profileId, 'offer=rare')).verdict).toBe('shown');
    const { offer, token } = await decide(userId);
    expect(offer).toBe('rare');
    const held = await about(profileId, 'offer=rare');
    expect(held.obstacles).toMatchObject([
      {
        rule: 'cap-reached',
        detail: 'few',
        lifts: { when: 'earliest', at: new Date(START + 2 * 3_600_000).toISOString() },
      },
    ]);
    await visibly(core.call, '/v1/responses', { responseId: newId(), token, type: 'impression' });
    const full = await about(profileId, 'offer=rare');
    expect(full).toMatchObject({
      liftsAt: '2026-05-02T00:00:00.000Z',
      obstacles: [{ lifts: { when: 'at' } }],
    });
    // What caps leave no room for does not win over others either.
    expect((await about(profileId, 'offer=jam')).winners.map((one) => one.offer)).toEqual(['cake']);
    expect((await about(profileId, 'offer=jam&count=2')).verdict).toBe('shown');
    clock.advance(DAY);
    expect((await about(profileId, 'offer=rare')).verdict).toBe('shown');
    clock.advance(-DAY);
  });

  it('keeps to itself what the caller may not see of people', async () => {
    const { profileId } = await meet({ health: 'robust', plan: 'free' });
    const made = await core.call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'server', name: 'marketer', scopes: ['decisions:read'] },
    });
    expect(made.text).toContain('decisions:read');
    const { key } = made.body;
    const { text, body } = await ask(profileId, 'offer=care', key);
    expect(body.zones[0]!.obstacles[0]).toMatchObject({ withheld: true, condition: null, needs: [] });
    expect(text).not.toMatch(/health|frail|robust/);
    const { text: plain } = await ask(profileId, 'offer=tea', key);
    expect(plain).toContain('profile.traits.plan must be');
    expect(plain).not.toContain('free');
    expect((await ask(profileId, 'offer=care')).text).toContain('robust');
    const other = await core.call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'server', name: 'sender', scopes: ['track:write'] },
    });
    expect((await ask(profileId, 'offer=tea', other.body.key)).status).toBe(403);
  });

  it('tells of people whose data may not be used, of places without a treatment and of drafts', async () => {
    const { profileId } = await meet({});
    expect((await about(profileId, 'offer=cake&zone=home.foot')).obstacles).toMatchObject([
      { rule: 'no-treatment' },
    ]);
    await core.call(`POST /v1/profiles/${profileId}/restrict`, { key: 'admin', body: {} });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect((await about(profileId, 'offer=cake')).obstacles[0]).toMatchObject({ rule: 'restricted' });
    const codes = [];
    for (const query of [
      'offer=moon',
      'offer=tea&zone=moon',
      'offer=tea&zone=home.hero&channel=sms',
      'offer=tea&context=1',
      'zone=x',
    ])
      codes.push((await ask(profileId, query)).status);
    expect(codes).toEqual([404, 422, 422, 400, 400]);
    expect((await ask(newId(), 'offer=tea')).status).toBe(404);
  });
});
