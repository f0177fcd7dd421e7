import type { DecidedOffer, DecisionResponse } from '@repartee/contracts';
import { LearningFeed, PropensityModel } from '@repartee/learning';
import { ManualClock } from '@repartee/platform/testing';
import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

const DAY = 86_400_000;
const offers = ['tea', 'jam', 'rum'];
const SHOP = {
  version: 1,
  zones: [
    { key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } },
    { key: 'home.aside', channel: 'web' },
    { key: 'cart.top', channel: 'web' },
  ],
  offers: [
    { key: 'tea', name: 'Tea', value: 10, prior: { mean: 0.2 } },
    { key: 'jam', name: 'Jam', value: 9, prior: { mean: 0.2 } },
    { key: 'rum', name: 'Rum', value: 1, eligibility: 'has(context.adult) && context.adult == true' },
    { key: 'cart', name: 'Cart', value: 99, eligibility: 'profile.computed.cart_items > 0' },
  ],
  treatments: [
    ...offers.map((offer) => ({
      key: `${offer}.hero`,
      offer,
      channel: 'web',
      zones: ['home.hero', 'home.aside'],
      content: { headline: `${offer} for {{ profile.traits.name | default: "you" }}` },
    })),
    {
      key: 'cart.top',
      offer: 'cart',
      channel: 'web',
      zones: ['cart.top'],
      content: { headline: 'Your cart' },
    },
  ],
};

describe('decisions and responses', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const decide = async (userId: string, more: object = {}) => {
    const { body, status, text } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }], ...more },
    });
    if (status !== 200) throw new Error(text);
    return body;
  };
  const top = async (userId: string, more: object = {}) => {
    await visibly(core.call, '/v1/identify', { userId, messageId: `meet ${userId}` });
    const [offer] = (await decide(userId, more)).zones[0]?.offers ?? [];
    if (!offer) throw new Error('nothing was offered');
    return offer;
  };
  let said = 0;
  const respond = async ({ token }: Pick<DecidedOffer, 'token'>, type: string, more: object = {}) => {
    await visibly(core.call, '/v1/responses', { responseId: `r${(said += 1)}`, token, type, ...more });
    await learned();
  };
  const learned = () => core.app.get(LearningFeed, { strict: false }).run();
  const profiles = async () => {
    const [row] = await core.database.query<{ count: number }>('SELECT count(*)::int AS count FROM profile');
    return row?.count;
  };
  const propensity = (offer: string) =>
    core.app
      .get(PropensityModel, { strict: false })
      .predict({ offer, channel: 'web', stage: 'new', prior: undefined });
  const events = async (userId: string) => {
    const { body } = await core.call<{ items: { kind: string; data: { type?: string; offer?: string } }[] }>(
      `GET /v1/profiles/user_id:${userId}/timeline`,
    );
    return body.items.filter((item) => item.kind === 'response').map((item) => item.data.type);
  };

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, SHOP);
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { name: 'Ann' } });
  });
  afterAll(() => core.stop());

  it('serve a stranger without making a profile', async () => {
    const before = await profiles();
    const visitor = await visit(core, { now: clock.now() });
    const decision = await visitor.decide();
    expect(decision).toMatchObject({
      profileId: null,
      zones: [
        {
          zone: 'home.hero',
          fallback: null,
          offers: [{ offer: 'tea', content: { headline: 'tea for you' } }],
        },
      ],
    });
    await core.call('/v1/decisions', {
      body: { identifiers: { email: 'new@example.org' }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    expect(await profiles()).toBe(before);
  });

  it('know a known person, rank, and fill zones without repeating an offer', async () => {
    const decision = await decide('ann', {
      zones: [{ zone: 'home.hero' }, { zone: 'home.aside', count: 5 }, { zone: 'cart.top' }],
      explain: true,
    });
    const { body: ann } = await core.call<ProfileDocument>('GET /v1/profiles/user_id:ann');
    expect(decision.profileId).toBe(ann.id);
    expect(decision.zones.map(({ offers: found }) => found.map(({ offer }) => offer))).toEqual([
      ['tea'],
      ['jam'],
      [],
    ]);
    expect(decision.zones[0]?.offers[0]?.content).toEqual({ headline: 'tea for Ann' });
    expect(JSON.stringify(decision.explanation)).toContain('rum');
    const receipt = await core.call<{ profileId: string; candidates: object[] }>(
      `GET /v1/decisions/${decision.decisionId}`,
    );
    expect(receipt.body).toMatchObject({
      profileId: ann.id,
      candidates: expect.arrayContaining([]) as object[],
    });
    expect(receipt.body.candidates).toHaveLength(4);
  });

  it('show the fallback where nothing is left, and refuse what does not exist', async () => {
    const ask = (zone: string, channel = 'web') =>
      core.call('/v1/decisions', { body: { identifiers: { userId: 'ann' }, channel, zones: [{ zone }] } });
    expect((await ask('nowhere')).body).toMatchObject({ status: 422, code: 'DECISION.UNKNOWN_ZONE' });
    expect((await ask('home.hero', 'email')).body).toMatchObject({
      status: 422,
      code: 'DECISION.ZONE_OF_OTHER_CHANNEL',
    });
    expect(
      (
        await decide('ann', {
          zones: [{ zone: 'home.aside', count: 9 }, { zone: 'home.hero' }],
          context: { adult: true },
        })
      ).zones[1],
    ).toEqual({
      zone: 'home.hero',
      fallback: { headline: 'Welcome' },
      offers: [],
    });
  });

  it('count the events that come with the question at once', async () => {
    const visitor = await visit(core, { now: clock.now() });
    const { anonymousId } = visitor;
    const added = {
      type: 'track',
      anonymousId,
      event: 'Product Added',
      properties: { product_id: 'p', price: 3 },
    };
    const decision = await visitor.decide({ zones: [{ zone: 'cart.top' }], events: [added] });
    expect(decision.zones[0]?.offers[0]?.offer).toBe('cart');
    expect(decision.profileId).not.toBeNull();
  });

  it('learn: a click raises what is expected of an offer, a reject lowers it', async () => {
    const before = propensity('tea');
    const offer = await top('learner-1');
    await respond(offer, 'impression');
    const seen = propensity('tea');
    expect(seen).toBeLessThan(before);
    await respond(offer, 'click');
    const clicked = propensity('tea');
    expect(clicked).toBeGreaterThan(seen);
    const other = await top('learner-2');
    await respond(other, 'impression');
    const again = propensity('tea');
    await respond(other, 'reject');
    expect(propensity('tea')).toBeLessThanOrEqual(again);
    expect((await top('learner-2')).offer).toBe('jam');
  });

  it('count a response once by its id, also when it comes twice at the same time', async () => {
    const offer = await top('once');
    await Promise.all(
      [1, 2, 3].map(() =>
        visibly(core.call, '/v1/responses', { responseId: 'same', token: offer.token, type: 'click' }),
      ),
    );
    await visibly(core.call, '/v1/responses', { responseId: 'same', token: offer.token, type: 'click' });
    expect(await events('once')).toEqual(['click']);
  });

  it('learn nothing from what was not presented', async () => {
    await learned();
    const before = propensity('tea');
    const offer = await top('absent');
    await respond(offer, 'not_presented');
    expect(propensity('tea')).toBe(before);
    expect((await top('absent')).offer).toBe(offer.offer);
  });

  it('offer nothing again that was accepted', async () => {
    const offer = await top('ann');
    await respond(offer, 'accept');
    expect((await top('ann')).offer).not.toBe(offer.offer);
  });

  it('refuse a late accept with what there is instead; a late click counts', async () => {
    const offer = await top('late');
    clock.set(Date.parse(offer.validUntil));
    const answer = await core.call('/v1/responses', {
      body: { responseId: 'late-1', token: offer.token, type: 'accept' },
    });
    expect(answer.body).toMatchObject({
      status: 409,
      code: 'OFFER.EXPIRED',
      replacement: { offer: 'tea', token: expect.any(String) as string },
    });
    const replacement = answer.body['replacement'] as DecidedOffer;
    await respond(offer, 'click');
    await respond(replacement, 'accept');
    expect((await events('late')).sort()).toEqual(['accept', 'click']);
  });

  it('take a backdated accept at its arrival: nobody accepts in the past', async () => {
    const offer = await top('backdated');
    clock.advance(2 * DAY);
    const body = {
      responseId: 'b',
      token: offer.token,
      type: 'accept',
      at: new Date(clock.now() - 2 * DAY + 1000).toISOString(),
    };
    expect((await core.call('/v1/responses', { body })).body).toMatchObject({ status: 409 });
  });

  it('refuse a token that was not made here, alone and among others', async () => {
    const offer = await top('forger');
    const changed = `${offer.token.slice(0, -4)}AAAA`;
    for (const token of [changed, 'x', '.', `${offer.token}x`, offer.token.slice(1)]) {
      const answer = await core.call('/v1/responses', { body: { responseId: 'f', token, type: 'accept' } });
      expect(answer.body).toMatchObject({ status: 422, code: 'RESPONSE.INVALID_TOKEN' });
    }
    const list = await core.call<{ success: boolean; accepted: number; errors: object[] }>('/v1/responses', {
      body: [
        { responseId: 'f1', token: changed, type: 'click' },
        { responseId: 'f2', token: offer.token, type: 'click' },
      ],
      headers: { prefer: 'visible, wait=10' },
    });
    expect(list.body).toMatchObject({
      success: false,
      accepted: 1,
      visible: true,
      errors: [{ index: 0, responseId: 'f1' }],
    });
    expect(await events('forger')).toEqual(['click']);
  });

  it('take a token in the properties of a track event', async () => {
    const offer = await top('tracker');
    await visibly(
      core.call,
      '/v1/track',
      { userId: 'tracker', event: 'Promotion Clicked', properties: { token: offer.token } },
      { key: 'write' },
    );
    expect(await events('tracker')).toEqual(['click']);
    await visibly(core.call, '/v1/track', {
      userId: 'tracker',
      event: 'Promotion Clicked',
      properties: { token: 'forged' },
    });
    expect(await events('tracker')).toEqual(['click']);
  });

  it('count the pixel of each offer of one decision', async () => {
    await top('pixels');
    const decision = await decide('pixels', { zones: [{ zone: 'home.hero', count: 2 }] });
    const [first, second] = decision.zones[0]?.offers ?? [];
    for (const link of [first?.links.impression, second?.links.impression, first?.links.impression]) {
      const answer = await core.follow(link ?? '');
      expect(answer.headers.get('content-type')).toBe('image/gif');
    }
    await until('both impressions', async () => (await events('pixels')).length === 2);
  });

  it('lead a click to where the offer leads', async () => {
    const offer = await top('clicker');
    const answer = await core.follow(offer.links.click);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('https://shop.example/shop/');
    await until('the click', async () => (await events('clicker')).length === 1);
  });
});
