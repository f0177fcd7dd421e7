import { FIRST_SOURCE } from '@repartee/access';
import { startCore, type CoreUnderTest } from './testing/start-core.js';

const schema = { type: 'object', required: ['order_id'], properties: { order_id: { type: 'string' } } };
const trackingPlan = {
  unplanned: 'block',
  events: [
    { name: 'Order Completed', mode: 'quarantine', schema },
    { name: 'Coupon Entered', mode: 'allow', schema },
  ],
};

describe('the tracking plan of a source', () => {
  let core: CoreUnderTest;

  beforeAll(async () => {
    core = await startCore();
    const made = await core.call('/v1/sources', {
      key: 'admin',
      body: { key: FIRST_SOURCE, name: 'Shop', trackingPlan },
    });
    expect(made.status).toBe(201);
  });
  afterAll(() => core.stop());

  const send = (route: string, body: object) =>
    core.call(route, { body, headers: { prefer: 'visible, wait=5' } });
  const order = (properties: object) => ({
    type: 'track',
    userId: 'ann',
    event: 'Order Completed',
    properties,
  });
  const held = async () =>
    (
      await core.call<{ items: { id: string; code: string; errors: object[]; body: string }[] }>(
        'GET /v1/quarantine',
      )
    ).body.items;

  it('lets through what keeps it, and what it allows to break it', async () => {
    expect(await send('/v1/track', order({ order_id: 'o1' }))).toMatchObject({
      status: 200,
      body: { visible: true },
    });
    const coupon = { userId: 'ann', event: 'Coupon Entered', properties: {} };
    expect(await send('/v1/track', coupon)).toMatchObject({ status: 200, body: { visible: true } });
    expect(await held()).toEqual([]);
  });

  it('holds back what breaks it, with 200 and the reason, and keeps the rest of a batch', async () => {
    const batch = [order({ order_id: 7 }), order({ order_id: 'o2' }), { ...order({}), event: 'Unheard Of' }];
    expect(await send('/v1/batch', { batch })).toMatchObject({ status: 200, body: { visible: true } });
    expect(await held()).toMatchObject([
      { code: 'GOVERNANCE.EVENT_OFF_PLAN', errors: [{ pointer: '#/properties/order_id' }] },
    ]);
    const { body } = await core.call<{ computed: { orders_count: number } }>('GET /v1/profiles/user_id:ann');
    expect(body.computed.orders_count).toBe(2);
  });

  it('ends what it blocks, with 200, and says that nothing shows', async () => {
    const answer = await send('/v1/track', { userId: 'bob', event: 'Unheard Of' });
    expect(answer).toMatchObject({ status: 200, body: { success: true, visible: false } });
    expect((await core.call('GET /v1/profiles/user_id:bob')).status).toBe(404);
  });

  it('replays what was held back once the plan has changed, not before', async () => {
    const [one] = await held();
    const replay = () => core.call(`/v1/quarantine/${one?.id}/replay`, { body: {} });
    expect(await replay()).toMatchObject({ status: 422, body: { code: 'INGESTION.REPLAY_REFUSED' } });
    const source = { name: 'Shop', trackingPlan: { unplanned: 'allow', events: [] } };
    await core.call(`PUT /v1/sources/${FIRST_SOURCE}`, {
      key: 'admin',
      body: source,
      headers: { 'if-match': '"1"' },
    });
    expect((await replay()).status).toBe(200);
    expect((await held()).filter((item) => 'replayedAt' in item && item.replayedAt === null)).toEqual([]);
  });
});
