import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const OFFERS = [
  { key: 'tea', name: 'Tea', value: 90, group: 'drinks', related: ['rum'] },
  { key: 'rum', name: 'Rum', value: 20, group: 'drinks' },
  { key: 'jam', name: 'Jam', value: 1 },
];
const SHOP = {
  version: 1,
  prune: true,
  zones: [{ key: 'home.hero', channel: 'web' }],
  groups: [{ key: 'drinks', suitability: 'profile.traits.age >= 18' }],
  offers: OFFERS,
  treatments: OFFERS.map(({ key }) => ({
    key: `${key}.hero`,
    offer: key,
    channel: 'web',
    zones: ['home.hero'],
    content: { headline: key },
  })),
};
const ENOUGH = {
  key: 'enough',
  type: 'contact',
  outcomes: ['impression'],
  count: 2,
  within: '7d',
  suppress: 'group',
  for: '3d',
};

interface Candidate {
  offer: string;
  rule: string | null;
  reason: string;
}

describe('policies', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const admin = <T>(route: string, body?: object, version?: string) =>
    core.call<T>(route, {
      key: 'admin',
      ...(body && { body }),
      ...(version !== undefined && { headers: { 'if-match': version } }),
    });
  const meet = async (traits: object = { age: 40 }) => {
    const userId = newId();
    await visibly(core.call, '/v1/identify', { userId, traits });
    return userId;
  };
  const decide = async (userId: string) => {
    const { body, status, text } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }], explain: true },
    });
    if (status !== 200) throw new Error(text);
    const { candidates } = body.explanation as { candidates: Candidate[] };
    const rules = Object.fromEntries(candidates.flatMap(({ offer, rule }) => (rule ? [[offer, rule]] : [])));
    return { offer: body.zones[0]!.offers[0]!, candidates, rules };
  };
  const respond = (token: string, type: string, more: object = {}) =>
    visibly(core.call, '/v1/responses', { responseId: newId(), token, type, ...more });

  beforeAll(async () => {
    core = await startCore({ clock });
  });
  afterAll(() => core.stop());

  it('of engagement say which question was answered, at which level', async () => {
    await apply(core, SHOP);
    const young = await decide(await meet({ age: 17 }));
    expect(young.rules).toEqual({ tea: 'not-suitable', rum: 'not-suitable' });
    const { candidates } = await decide(await meet({}));
    expect(candidates[0]).toMatchObject({ offer: 'jam', shown: true });
    expect(candidates.find(({ offer }) => offer === 'tea')).toMatchObject({
      rule: 'unknown',
      question: 'suitability',
      level: 'group',
      reason: expect.stringMatching(
        /^Whether it suits the person is unknown \(suitability of the group drinks\): .*age/,
      ),
    });
  });

  it('of contact keep a group away after so many displays, for so long', async () => {
    await apply(core, { ...SHOP, policies: [ENOUGH] });
    const userId = await meet();
    for (const _ of [1, 2]) await respond((await decide(userId)).offer.token, 'impression');
    const after = await decide(userId);
    expect(after.offer.offer).toBe('jam');
    expect(after.rules).toEqual({ tea: 'contact-policy', rum: 'contact-policy' });
    expect(after.candidates.find(({ offer }) => offer === 'rum')?.reason).toBe(
      'The person has had enough for now: enough until 2026-05-04T12:00:00.000Z.',
    );
    clock.advance(3 * DAY);
    expect((await decide(userId)).offer.offer).toBe('tea');
  });

  it('heed a no for the session, of related offers too, and a later until then', async () => {
    await apply(core, SHOP);
    const userId = await meet();
    await respond((await decide(userId)).offer.token, 'reject');
    const after = await decide(userId);
    expect(after.rules).toEqual({ tea: 'rejected', rum: 'rejected' });
    clock.advance(30 * MINUTE);
    const again = await decide(userId);
    expect(again.rules['rum'] ?? 'outranked').toBe('outranked');
    const until = new Date(clock.now() + DAY).toISOString();
    await respond(again.offer.token, 'later', { until });
    expect((await decide(userId)).rules[again.offer.offer]).toBe('wanted-later');
    clock.advance(DAY);
    expect((await decide(userId)).rules[again.offer.offer]).not.toBe('wanted-later');
  });

  it('follow a person whose profiles are joined', async () => {
    await apply(core, { ...SHOP, policies: [ENOUGH] });
    const [one, other] = [await meet(), await meet()];
    for (const who of [one, other]) await respond((await decide(who)).offer.token, 'impression');
    const id = async (userId: string) =>
      (await core.call<{ id: string }>(`GET /v1/profiles/user_id:${userId}`)).body.id;
    const merged = await core.call(`/v1/profiles/${await id(one)}/merge`, {
      body: { other: await id(other), reason: 'the same person' },
    });
    expect(merged.status).toBe(200);
    expect((await decide(one)).rules).toMatchObject({ tea: 'contact-policy' });
  });

  it('of control give some people what zones show to nobody in particular', async () => {
    const zones = [{ ...SHOP.zones[0], fallback: { headline: 'Welcome' } }];
    await apply(core, { ...SHOP, zones, policies: [{ key: 'universal', type: 'control', percent: 50 }] });
    const answers = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const asked = {
          identifiers: { anonymousId: newId() },
          channel: 'web',
          zones: [{ zone: 'home.hero' }],
        };
        return (await core.call<DecisionResponse>('/v1/decisions', { body: asked })).body;
      }),
    );
    const control = answers.filter(({ zones: [zone] }) => zone!.reason !== undefined);
    expect(control.length).toBeGreaterThan(5);
    expect(control.length).toBeLessThan(35);
    for (const { zones: answered } of control)
      expect(answered).toEqual([
        {
          zone: 'home.hero',
          fallback: { headline: 'Welcome' },
          offers: [],
          reason: 'In the control group of this month (universal).',
        },
      ]);
    const { body } = await core.call<object>(`GET /v1/decisions/${control[0]!.decisionId}`);
    expect(body).toMatchObject({ control: 'universal', candidates: [] });
  });

  it('tell an agent what to ask next', async () => {
    await apply(core, SHOP);
    const userId = await meet({});
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }], explain: true },
    });
    expect(body.explanation).toMatchObject({ questions: [{ trait: 'age', offers: ['tea', 'rum'] }] });
  });

  it('leave a limited offer one end, on every decision after the first that was seen', async () => {
    const [tea, ...others] = OFFERS;
    await apply(core, {
      ...SHOP,
      offers: [{ ...tea, limited: { lasts: '2h' }, replacement: 'jam' }, ...others],
    });
    const userId = await meet();
    const first = await decide(userId);
    const endsAt = new Date(clock.now() + 120 * MINUTE).toISOString();
    expect(first.offer).toMatchObject({ validUntil: endsAt, countdown: { endsAt, secondsLeft: 7200 } });
    clock.advance(MINUTE);
    await respond(first.offer.token, 'impression');
    clock.advance(59 * MINUTE);
    expect((await decide(userId)).offer.countdown).toEqual({ endsAt, secondsLeft: 3600 });
    clock.advance(60 * MINUTE);
    expect((await decide(userId)).rules['tea']).toBe('no-longer-valid');
    const late = await core.call('/v1/responses', {
      body: { responseId: newId(), token: first.offer.token, type: 'accept' },
    });
    expect(late.body).toMatchObject({ status: 409, code: 'OFFER.EXPIRED', replacement: { offer: 'jam' } });
  });

  it('are written one by one, each by its version', async () => {
    await apply(core, SHOP);
    const made = await admin<{ revision: number }>('/v1/policies', ENOUGH);
    expect([made.status, made.body]).toMatchObject([201, ENOUGH]);
    const etag = made.headers.get('etag')!;
    expect((await admin('/v1/policies', ENOUGH)).body).toMatchObject({
      status: 409,
      code: 'CATALOGUE.EXISTS',
    });
    const { headers, body } = await admin('GET /v1/policies/enough');
    expect([headers.get('etag'), body]).toMatchObject([etag, ENOUGH]);
    const userId = await meet();
    await respond((await decide(userId)).offer.token, 'impression');
    expect((await decide(userId)).offer.offer).toBe('tea');

    const stricter = { ...ENOUGH, count: 1 };
    expect((await admin('PUT /v1/policies/enough', stricter)).status).toBe(428);
    expect((await admin('PUT /v1/policies/enough', stricter, '"1"')).body).toMatchObject({
      code: 'HTTP.PRECONDITION_FAILED',
    });
    const replaced = await admin('PUT /v1/policies/enough', stricter, etag);
    expect(replaced.body).toMatchObject(stricter);
    expect((await decide(userId)).offer.offer).toBe('jam');
    expect(
      (await admin('PUT /v1/policies/enough', { ...ENOUGH, count: 0 }, replaced.headers.get('etag')!)).body,
    ).toMatchObject({ status: 422, code: 'CATALOGUE.REFUSED', errors: [{ pointer: '#/count' }] });

    expect((await admin('DELETE /v1/policies/enough', undefined, etag)).status).toBe(412);
    expect((await admin('DELETE /v1/policies/enough', undefined, replaced.headers.get('etag')!)).status).toBe(
      204,
    );
    expect((await admin('GET /v1/policies/enough')).status).toBe(404);
    expect((await decide(userId)).offer.offer).toBe('tea');
  });

  it('and offers live from draft to retirement, each step by its version', async () => {
    await apply(core, {
      ...SHOP,
      offers: [...OFFERS.slice(0, 2), { ...OFFERS[2], value: 10_000, status: 'draft' }],
    });
    const userId = await meet();
    let etag = (await admin('GET /v1/offers/jam')).headers.get('etag')!;
    const step = async <T>(route: string, body?: object) => {
      const answer = await admin<T>(route, body, etag);
      if (answer.status !== 200) throw new Error(answer.text);
      etag = answer.headers.get('etag')!;
      return answer.body;
    };
    expect((await decide(userId)).offer.offer).not.toBe('jam');
    expect(await step('POST /v1/offers/jam/publish')).toMatchObject({
      status: 'published',
      approval: { at: new Date(clock.now()).toISOString() },
    });
    expect((await decide(userId)).offer.offer).toBe('jam');
    expect(await step('PUT /v1/offers/jam/draft', { name: 'Less jam', value: 0 })).toMatchObject({
      name: 'Jam',
      draft: { name: 'Less jam' },
    });
    expect((await decide(userId)).offer.offer).toBe('jam');
    expect(await step('POST /v1/offers/jam/publish')).toMatchObject({ name: 'Less jam', value: 0 });
    expect((await decide(userId)).offer.offer).not.toBe('jam');
    expect(await step('POST /v1/offers/jam/retire')).toMatchObject({ status: 'retired' });
    expect((await decide(userId)).candidates.map(({ offer }) => offer)).not.toContain('jam');
    expect((await admin('POST /v1/offers/jam/publish', undefined, '"1"')).status).toBe(412);
    expect((await admin('POST /v1/offers/jam/publish')).status).toBe(428);
    expect((await admin('PUT /v1/offers/jam/draft', { name: 'x' }, etag)).body).toMatchObject({
      code: 'CATALOGUE.REFUSED',
      errors: [{ pointer: '#/value' }],
    });
  });

  it('and other entries are refused when something else needs what goes, or a rule is wrong', async () => {
    await apply(core, SHOP);
    const { headers } = await admin('GET /v1/offers/jam');
    const etag = headers.get('etag')!;
    expect((await admin('DELETE /v1/offers/jam', undefined, etag)).body).toMatchObject({
      code: 'CATALOGUE.REFUSED',
      errors: [{ pointer: '#/treatments/jam.hero/offer', detail: 'there is no offer jam' }],
    });
    expect((await admin('/v1/issues', { key: 'sell', eligibility: 'profile.known &&' })).body).toMatchObject({
      code: 'CATALOGUE.REFUSED',
      errors: [{ pointer: '#/eligibility' }],
    });
    expect((await admin('PUT /v1/offers/jam', { name: 'Jam', value: 10_000 }, etag)).status).toBe(200);
    expect((await decide(await meet())).offer.offer).toBe('jam');
  });
});
