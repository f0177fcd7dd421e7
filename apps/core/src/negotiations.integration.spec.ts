import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const PLAN = {
  key: 'plan',
  name: 'Plan',
  value: 40,
  currency: 'EUR',
  negotiation: {
    levers: [{ key: 'discount', from: 5, to: 20, step: 5, costPerStep: 2 }],
    budgets: [{ amount: 6, each: 'agent', period: 'month', timeZone: 'Europe/Vienna' }],
  },
};
const SHOP = {
  version: 1,
  prune: true,
  zones: [{ key: 'home.hero', channel: 'web' }],
  offers: [PLAN],
  treatments: [
    {
      key: 'plan.hero',
      offer: 'plan',
      channel: 'web',
      zones: ['home.hero'],
      content: {
        headline: '{{ offer.name }}{% if offer.terms %} less {{ offer.terms.discount }} %{% endif %}',
      },
    },
  ],
};

interface Negotiated {
  terms: object;
  remaining: number[];
  current: boolean;
  offer: DecisionResponse['zones'][number]['offers'][number];
}

describe('an agent', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const decide = async (userId: string) => {
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    return { ...body.zones[0]!.offers[0]!, dialogueId: body.dialogueId };
  };
  const meet = async () => {
    const userId = newId();
    await visibly(core.call, '/v1/identify', { userId, traits: {} });
    return userId;
  };
  const negotiate = (token: string, discount: number, more: object = {}) =>
    core.call<Negotiated & { code: string; remaining: number[] }>('/v1/negotiations', {
      body: { negotiationId: newId(), token, terms: { discount }, agent: 'ann', ...more },
    });
  const respond = (token: string, type: string) =>
    core.call<{ code: string; terms: object }>('/v1/responses', {
      body: { responseId: newId(), token, type },
    });

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, SHOP);
  });
  afterAll(() => core.stop());

  it('improves an offer within the range and the budget, and the person accepts it', async () => {
    const offered = await decide(await meet());
    const { body } = await negotiate(offered.token, 15);
    expect(body).toMatchObject({
      terms: { discount: 15 },
      cost: 4,
      currency: 'EUR',
      current: true,
      remaining: [2],
      offer: { content: { headline: 'Plan less 15 %' }, validUntil: offered.validUntil },
    });
    expect((await negotiate(offered.token, 25)).body).toMatchObject({
      status: 422,
      code: 'NEGOTIATION.OUT_OF_RANGE',
    });
    const other = await decide(await meet());
    expect((await negotiate(other.token, 20)).body).toMatchObject({
      status: 409,
      code: 'NEGOTIATION.BUDGET_EXHAUSTED',
      cost: 6,
      remaining: [2],
    });
    expect((await negotiate(other.token, 20, { agent: 'bob' })).status).toBe(200);
    expect((await respond(body.offer.token, 'accept')).status).toBe(200);
    expect((await negotiate(offered.token, 5)).body.code).toBe('NEGOTIATION.CLOSED');
    type Dialogue = { turns: { said: object }[] };
    await until('the conversation', async () => {
      const read = await core.call<Dialogue>(`GET /v1/dialogues/${offered.dialogueId}/turns`);
      return read.body.turns.some(({ said }) => 'response' in said);
    });
    const { turns } = (await core.call<Dialogue>(`GET /v1/dialogues/${offered.dialogueId}/turns`)).body;
    expect(turns.map(({ said }) => said)).toEqual([
      { negotiated: { discount: 15 }, offer: 'plan', zone: 'home.hero', agent: 'ann' },
      expect.objectContaining({ response: 'accept', offer: 'plan' }),
    ]);
  });

  it('holds the person to the terms agreed on last, and gets the money back for a no', async () => {
    const offered = await decide(await meet());
    const dear = (await negotiate(offered.token, 20, { agent: 'cid' })).body.offer.token;
    const cheap = (await negotiate(dear, 10, { agent: 'cid' })).body.offer.token;
    expect((await respond(dear, 'accept')).body).toMatchObject({
      code: 'OFFER.SUPERSEDED',
      terms: { discount: 10 },
    });
    await respond(cheap, 'reject');
    const other = await decide(await meet());
    expect((await negotiate(other.token, 20, { agent: 'cid' })).body.remaining).toEqual([0]);
  });

  it('leaves nothing of it behind for somebody erased', async () => {
    const userId = await meet();
    await negotiate((await decide(userId)).token, 10, { agent: 'dan' });
    const { body } = await core.call<{ id: string }>(`GET /v1/profiles/user_id:${userId}`);
    const rows = () =>
      core.database.query('SELECT 1 FROM offer_negotiation WHERE profile_id = $1', [body.id]);
    expect(await rows()).toHaveLength(1);
    const exported = await core.call(`GET /v1/profiles/${body.id}/export`);
    expect(exported.text).toContain('"negotiation"');
    await core.call(`DELETE /v1/profiles/${body.id}`);
    await until('the erasure', async () => (await rows()).length === 0);
  });

  it('asks as the contract says', async () => {
    expect((await negotiate('x', 5)).body.code).toBe('RESPONSE.INVALID_TOKEN');
    expect((await negotiate('x', 5, { agent: 'a;b' })).status).toBe(400);
    expect((await core.call('/v1/negotiations', { key: null, body: {} })).status).toBe(401);
    const wrong = {
      ...PLAN,
      negotiation: { ...PLAN.negotiation, levers: [{ ...PLAN.negotiation.levers[0], step: 4 }] },
    };
    expect(
      (await core.call('/v1/apply', { key: 'admin', body: { ...SHOP, offers: [wrong] } })).body,
    ).toMatchObject({
      errors: [{ pointer: '#/offers/0/negotiation/levers/0/step' }],
    });
    const poor = { ...PLAN, currency: undefined };
    expect(
      (await core.call('/v1/apply', { key: 'admin', body: { ...SHOP, offers: [poor] } })).body,
    ).toMatchObject({
      errors: [{ pointer: '#/offers/0/negotiation' }],
    });
  });
});
