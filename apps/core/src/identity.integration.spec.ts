import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';
import { userToken, visit } from './testing/visitor.js';

/** An offer for everybody, one for those who filled a cart, and one for those who are known by name. */
const SHOP = {
  version: 1,
  zones: [{ key: 'home.hero', channel: 'web' }],
  offers: [
    { key: 'all', name: 'For all', value: 1 },
    { key: 'cart', name: 'Your cart', value: 10, eligibility: 'profile.computed.cart_items > 0' },
    {
      key: 'gold',
      name: 'Gold',
      value: 100,
      eligibility: 'has(profile.traits.tier) && profile.traits.tier == "gold"',
    },
  ],
  treatments: ['all', 'cart', 'gold'].map((offer) => ({
    key: `${offer}.hero`,
    offer,
    channel: 'web',
    zones: ['home.hero'],
    content: { headline: `${offer}: {{ profile.traits.email }}` },
  })),
};

describe('whose an event is', () => {
  let core: CoreUnderTest;
  const profile = async (reference: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/${encodeURIComponent(reference)}`)).body;
  const browse = (anonymousId: string, event: string, more: object = {}) =>
    visibly(core.call, '/v1/track', { anonymousId, event, ...more }, { key: 'write' });
  const names = async (reference: string) => {
    const { body } = await core.call<{ items: { kind: string; data: { name?: string } }[] }>(
      `GET /v1/profiles/${encodeURIComponent(reference)}/timeline`,
    );
    return body.items.map((item) => item.data.name ?? item.kind);
  };
  const topOffer = async (deciding: ReturnType<Awaited<ReturnType<typeof visit>>['decide']>) =>
    (await deciding).zones[0]?.offers[0];

  beforeAll(async () => {
    core = await startCore();
    await apply(core, SHOP);
  });
  afterAll(() => core.stop());

  it('is hers, once a log-in is proved: history, cart, offers; the former id answers with the survivor', async () => {
    await visibly(core.call, '/v1/identify', {
      userId: 'ann',
      traits: { email: 'Ann@Example.org', tier: 'gold' },
    });
    const ann = await profile('user_id:ann');
    const before = await visit(core, { anonymousId: 'ann-laptop' });
    await browse('ann-laptop', 'Product Viewed');
    const anonymous = await browse('ann-laptop', 'Product Added', {
      properties: { product_id: 'tea', price: 4 },
    });
    expect(anonymous.profileId).not.toBe(ann.id);
    expect((await topOffer(before.decide()))?.offer).toBe('cart');

    const signedIn = await visit(core, { anonymousId: 'ann-laptop', userId: 'ann' });
    expect(signedIn.profileId).toBe(ann.id);
    const decision = await signedIn.decide({ zones: [{ zone: 'home.hero', count: 3 }] });
    expect(decision.profileId).toBe(ann.id);
    expect(decision.zones[0]?.offers.map(({ offer }) => offer)).toEqual(['gold', 'cart', 'all']);
    expect(decision.zones[0]?.offers[0]?.content).toEqual({ headline: 'gold: Ann@Example.org' });

    const merged = await profile(anonymous.profileId);
    expect(merged).toMatchObject({ id: ann.id, mergedIds: [anonymous.profileId] });
    expect(merged.computed).toMatchObject({ cart_items: 1 });
    expect(await names('email:ann@example.org')).toEqual(
      expect.arrayContaining(['Product Viewed', 'Product Added', 'merge']),
    );
    expect((await browse('ann-laptop', 'Product Viewed')).profileId).toBe(ann.id);

    const signedOut = await before.decide({ zones: [{ zone: 'home.hero', count: 3 }] });
    expect(signedOut.profileId).toBeNull();
    expect(signedOut.zones[0]?.offers.map(({ offer }) => offer)).toEqual(['all']);
  });

  it('is not hers when somebody merely says so', async () => {
    await visibly(core.call, '/v1/identify', {
      userId: 'bea',
      traits: { email: 'bea@example.org', phone: '+14155552671', tier: 'gold', name: 'Bea' },
    });
    const bea = await profile('user_id:bea');
    const thief = await visit(core, { anonymousId: 'thief-phone' });
    const claims = { anonymousId: 'thief-phone', userId: 'bea' };
    const traits = { email: 'bea@example.org', phone: '+14155552671', name: 'Thief' };
    const claimed = await visibly(core.call, '/v1/identify', { ...claims, traits }, { key: 'write' });
    expect(claimed.profileId).not.toBe(bea.id);
    await browse('thief-phone', 'Email Unsubscribed', { userId: 'bea', context: { traits } });
    await visibly(core.call, '/v1/group', { ...claims, groupId: 'thieves', traits }, { key: 'write' });
    await visibly(core.call, '/v1/alias', { ...claims, previousId: 'bea' }, { key: 'write' });
    const withEvents = await thief.decide({
      events: [{ type: 'identify', userId: 'bea', traits }],
      zones: [{ zone: 'home.hero', count: 3 }],
    });
    expect(withEvents.profileId).toBe(claimed.profileId);
    expect(withEvents.zones[0]?.offers.map(({ offer }) => offer)).toEqual(['all']);

    const after = await profile('user_id:bea');
    expect(after).toMatchObject({ id: bea.id, version: bea.version, consents: {}, traits: bea.traits });
    expect(await profile('email:bea@example.org')).toMatchObject({ id: bea.id });
    expect((await profile(claimed.profileId)).identifiers).toEqual([
      { namespace: 'anonymous_id', value: 'thief-phone', verified: false },
    ]);
  });

  it('a session speaks for nobody else', async () => {
    const thief = await visit(core);
    for (const identifiers of [
      { userId: 'bea' },
      { email: 'bea@example.org' },
      { anonymousId: 'ann-laptop' },
      { phone: '+14155552671' },
    ]) {
      const answer = await core.call('/v1/decisions', {
        key: thief.session,
        body: { identifiers, channel: 'web', zones: [{ zone: 'home.hero' }] },
      });
      expect(answer.body).toMatchObject({ status: 403, code: 'DECISION.IDENTIFIER_NOT_ALLOWED' });
    }
  });

  it('a log-in that is not proved opens no session', async () => {
    const token = await userToken(core, 'bea');
    const stale = await userToken(core, 'bea', Date.now() - 3_600_000);
    const forged = `${token.slice(0, token.indexOf('.'))}.${Buffer.from('{"sub":"ann","exp":9999999999}').toString('base64url')}.${token.split('.')[2]}`;
    for (const wrong of [stale, forged, `${token}x`, 'none', '', 'a.b.c']) {
      const answer = await core.call('/v1/web/session', { key: 'write', body: { userToken: wrong } });
      expect(answer.body).toMatchObject({ status: 401, code: 'ACCESS.USER_TOKEN_INVALID' });
    }
  });

  it('what somebody claimed before she came is hers when she proves it, without what they did', async () => {
    const squatter = await visibly(
      core.call,
      '/v1/identify',
      { anonymousId: 'squatter', userId: 'cleo', traits: { email: 'cleo@example.org', tier: 'gold' } },
      { key: 'write' },
    );
    const cleo = await visit(core, { anonymousId: 'cleo-phone', userId: 'cleo' });
    await visibly(core.call, '/v1/identify', { userId: 'cleo', traits: { email: 'cleo@example.org' } });
    expect(cleo.profileId).not.toBe(squatter.profileId);
    const found = await profile('email:cleo@example.org');
    expect(found).toMatchObject({ id: cleo.profileId });
    expect(found.traits['tier']).toBeUndefined();
    expect((await profile(squatter.profileId)).identifiers).toHaveLength(1);
  });

  it('two people on one device stay two, and each sees what is hers', async () => {
    await visibly(core.call, '/v1/identify', { userId: 'eve', traits: { tier: 'gold' } });
    const dan = await visit(core, { anonymousId: 'family-tablet', userId: 'dan' });
    await browse('family-tablet', 'Product Added', { properties: { product_id: 'gift', price: 9 } });
    const eve = await visit(core, { anonymousId: 'family-tablet', userId: 'eve' });
    expect(eve.profileId).not.toBe(dan.profileId);
    expect(await eve.decide()).toMatchObject({
      profileId: eve.profileId,
      zones: [{ offers: [{ offer: 'gold' }] }],
    });
    expect(await dan.decide()).toMatchObject({
      profileId: dan.profileId,
      zones: [{ offers: [{ offer: 'cart' }] }],
    });
  });
});
