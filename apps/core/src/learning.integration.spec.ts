import type { DecisionResponse } from '@repartee/contracts';
import { apply } from './testing/apply.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const SHOP = {
  version: 1,
  zones: [{ key: 'home.hero', channel: 'web' }],
  offers: [{ key: 'tea', name: 'Tea', value: 10 }],
  treatments: [
    { key: 'tea.hero', offer: 'tea', channel: 'web', zones: ['home.hero'], content: { headline: 'Tea' } },
  ],
};

interface Model {
  offer: string;
  responses: number;
  speaks: boolean;
}

describe('what learning says of itself', () => {
  let core: CoreUnderTest;

  beforeAll(async () => {
    core = await startCore();
    await apply(core, SHOP);
  });
  afterAll(() => core.stop());

  it('a response makes a model within a second or so, with the traits of the person', async () => {
    expect((await core.call<{ items: Model[] }>('GET /v1/models')).body).toEqual({
      items: [],
      nextCursor: null,
    });
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { name: 'Ann', plan: 'gold' } });
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId: 'ann' }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    const { token } = body.zones[0]!.offers[0]!;
    await visibly(core.call, '/v1/responses', {
      responseId: 'r1',
      token,
      type: 'click',
      humanProbability: 0.5,
    });
    const models = await until('the model', async () => {
      const { items } = (await core.call<{ items: Model[] }>('GET /v1/models')).body;
      return items.length > 0 && items;
    });
    expect(models).toMatchObject([
      { offer: 'tea', channel: 'web', responses: 1, speaks: false, maturity: 'new' },
    ]);
    const one = await core.call<{ predictors: { name: string }[] }>('GET /v1/models/tea/web');
    const names = one.body.predictors.map(({ name }) => name);
    expect(names).toContain('trait.plan');
    expect(names).not.toContain('trait.name');
  });

  it('lets challengers learn in the shadow, and the audit log tells who set them', async () => {
    const put = (challengers: object[]) =>
      core.call('PUT /v1/learning/challengers', { body: { challengers }, key: 'admin' });
    const blind = { key: 'blind', without: ['trait.plan'], exploration: 0.2 };
    expect(await put([blind])).toMatchObject({ status: 200, body: { challengers: [blind] } });
    expect((await core.call('GET /v1/learning/challengers')).body).toEqual({ challengers: [blind] });
    for (const bad of [[blind, blind], [{ key: 'counts' }], [{ key: 'x', scales: [0] }], [{ key: 'Y' }]])
      expect((await put(bad)).status).toBe(400);
    const { items } = (await core.call<{ items: object[] }>('GET /v1/models')).body;
    expect(items[0]).toMatchObject({
      speaker: 'counts',
      contenders: [
        { key: 'standard', evidence: expect.any(Number) },
        { key: 'blind', evidence: 0.5 },
      ],
    });
    const [entry] = await core.database.query<{ detail: unknown }>(
      `SELECT detail FROM audit_entry WHERE subject = 'learning/challengers'`,
    );
    expect(entry!.detail).toEqual({ challengers: [blind] });
  });

  it('has no model of what nobody has met, and refuses what is no objective', async () => {
    expect(await core.call('GET /v1/models/tea/email')).toMatchObject({
      status: 404,
      body: { code: 'LEARNING.NO_MODEL' },
    });
    expect((await core.call('GET /v1/models?limit=0')).status).toBe(400);
    const put = (body: object) => core.call('PUT /v1/learning/objective', { body, key: 'admin' });
    expect((await put({ credits: { click: 2 } })).status).toBe(400);
    expect((await put({ credits: { ignored: 1 } })).status).toBe(400);
    expect(await put({ credits: { click: 1 }, windowMinutes: 60 })).toMatchObject({ status: 200 });
    expect((await core.call('GET /v1/learning/objective')).body).toEqual({
      credits: { click: 1 },
      windowMinutes: 60,
    });
  });
});
