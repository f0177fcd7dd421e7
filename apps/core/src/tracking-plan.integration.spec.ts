import { FIRST_SOURCE } from '@repartee/access';
import { imported, uploadQuery } from './testing/imports.js';
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

  describe('holds rows of imports to it', () => {
    const source = 'till';
    const fields = [
      { from: 'order', to: 'properties.order_id' },
      { from: 'customer', to: 'userId' },
      { from: 'what', to: 'event' },
    ];
    const mapping = { type: 'track', key: ['order'], fields };
    const FILE = [
      'order,customer,what',
      'o-1,cleo,Order Completed',
      ',cleo,Order Completed',
      'o-3,cleo,Coupon Entered',
      'o-4,dora,Unheard Of',
      'o-5,dora,Parcel Lost',
      '',
    ].join('\n');
    const plan = {
      unplanned: 'block',
      events: [
        { name: 'Order Completed', mode: 'quarantine', schema: { ...schema, required: ['order_id'] } },
        { name: 'Coupon Entered', mode: 'allow', schema: { required: ['code'] } },
        { name: 'Parcel Lost', mode: 'quarantine', schema: { required: ['parcel'] } },
      ],
    };
    const send = (file = FILE) => imported(core.call, file, { mapping, source, format: 'csv' });
    const heldOfTill = async () => (await held()).filter((one) => 'source' in one && one.source === source);
    const use = (trackingPlan: object, version: number) =>
      core.call(`PUT /v1/sources/${source}`, {
        key: 'admin',
        body: { name: 'Till', trackingPlan },
        headers: { 'if-match': `"${version}"` },
      });
    let id: string;

    beforeAll(async () => {
      const body = { key: source, name: 'Till', trackingPlan: plan };
      expect((await core.call('/v1/sources', { key: 'admin', body })).status).toBe(201);
    });

    it('before they are written: allowed, held back, blocked, and each of them counted', async () => {
      const done = await send();
      id = done.id;
      expect(done).toMatchObject({
        state: 'done',
        rows: { read: 5, accepted: 2, rejected: 3 },
        events: { written: 2, known: 0, quarantined: 2 },
      });
      const { text } = await core.call('GET /metrics');
      for (const [action, times] of [
        ['allow', 1],
        ['quarantine', 2],
        ['block', 1],
      ])
        expect(text).toContain(
          `repartee_tracking_plan_breaks_total{source="till",action="${action}"} ${times}`,
        );
      expect((await core.call('GET /v1/profiles/user_id:dora')).status).toBe(404);
    });

    it('with the reason beside every row that was rejected', async () => {
      const { text } = await core.call(`GET /v1/imports/${id}/rejects?format=csv`, { key: 'admin' });
      expect(text).toMatch(/3,.*waits in quarantine.*#\/properties\/order_id.*,cleo,Order Completed/);
      expect(text).toMatch(/5,.*breaks the tracking plan.*not in the tracking plan.*Unheard Of/);
      expect(text).toMatch(/6,.*waits in quarantine.*#\/properties\/parcel/);
    });

    it('shows as much before a file is imported', async () => {
      const { body } = await core.call<{ rows: { line: number; rejected?: { reason: string } }[] }>(
        `/v1/imports/preview?${uploadQuery({ mapping, source, format: 'csv' })}`,
        { key: 'admin', body: FILE, headers: { 'content-type': 'text/csv' } },
      );
      expect(body.rows.filter(({ rejected }) => rejected).map(({ line }) => line)).toEqual([3, 5, 6]);
    });

    it('and holds a row back once, however often the file comes', async () => {
      expect(await send()).toMatchObject({
        rows: { accepted: 2, rejected: 3 },
        events: { written: 0, known: 2 },
      });
      expect(await heldOfTill()).toHaveLength(2);
    });

    it('until the plan has changed: then it enters once, by replay or with the file', async () => {
      expect((await use({ unplanned: 'allow', events: [] }, 1)).status).toBe(200);
      const parcel = (await heldOfTill()).find(({ body }) => body.includes('Parcel Lost'));
      expect((await core.call(`/v1/quarantine/${parcel?.id}/replay`, { body: {} })).status).toBe(200);
      expect(await send()).toMatchObject({
        rows: { accepted: 5, rejected: 0 },
        // The two that were there, the parcel that was replayed; new are the one that was blocked and the one held back.
        events: { written: 2, known: 3, quarantined: 0 },
      });
      for (const one of await heldOfTill()) await core.call(`/v1/quarantine/${one.id}/replay`, { body: {} });
      const [row] = await core.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM event_log WHERE source = 'till'`,
      );
      expect(row?.count).toBe(5);
    });
  });
});
