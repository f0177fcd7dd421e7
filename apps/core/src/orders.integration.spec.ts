import type { ProfileDocument } from '@repartee/profile/domain';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

describe('orders', () => {
  let core: CoreUnderTest;
  let sent = 0;
  const order = (who: object, what: string, order_id: string, properties: object = {}) => ({
    type: 'track',
    ...who,
    event: `Order ${what}`,
    messageId: `order-${(sent += 1)}`,
    properties: { order_id, ...properties },
  });
  const computed = async (userId: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/user_id:${userId}`)).body.computed;
  const send = (...batch: object[]) => visibly(core.call, '/v1/batch', { batch });

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('count once each, less what was refunded or cancelled, whatever comes first', async () => {
    const ann = { userId: 'ann' };
    const total = (amount: number) => ({ total: amount, currency: 'EUR' });
    const events = [
      order(ann, 'Completed', '1', total(10.1)),
      order(ann, 'Completed', '1', total(10.1)),
      order(ann, 'Refunded', '2', total(5)),
      order(ann, 'Completed', '2', total(20.2)),
      order(ann, 'Cancelled', '3'),
      order(ann, 'Completed', '3', total(1000)),
      order(ann, 'Completed', '4', total(30.3)),
      order(ann, 'Refunded', '4', total(99)),
      order(ann, 'Completed', '5', total(0)),
    ];
    for (const event of events.toReversed()) await send(event);
    await send(...events);
    expect(await computed('ann')).toMatchObject({
      orders_count: 4,
      orders_total: 25.3,
      orders_currency: 'EUR',
      orders_by_currency: { EUR: { count: 4, total: 25.3 } },
    });
  });

  it('count per currency; the total is in the one most orders are in', async () => {
    const bob = { userId: 'bob' };
    await send(
      order(bob, 'Completed', 'y1', { total: 1500, currency: 'JPY' }),
      order(bob, 'Completed', 'e1', { revenue: 0.1, currency: 'EUR' }),
      order(bob, 'Completed', 'e2', { revenue: 0.2, currency: 'eur' }),
      order(bob, 'Refunded', 'y1', { total: 500 }),
    );
    expect(await computed('bob')).toMatchObject({
      orders_count: 3,
      orders_total: 0.3,
      orders_currency: 'EUR',
      orders_by_currency: { EUR: { count: 2, total: 0.3 }, JPY: { count: 1, total: 1000 } },
    });
  });

  it('of two profiles that turn out to be one count once', async () => {
    const anonymousId = 'cleo-laptop';
    const page = { anonymousId };
    const cleo = { userId: 'cleo' };
    const both = { total: 40, currency: 'USD' };
    await visibly(
      core.call,
      '/v1/batch',
      { batch: [order(page, 'Completed', 'c1', both), order(page, 'Completed', 'c2', both)] },
      { key: 'write' },
    );
    await send(
      order(cleo, 'Completed', 'c1', both),
      order(cleo, 'Refunded', 'c1', { total: 10 }),
      order(cleo, 'Completed', 'c3', both),
    );
    expect(await computed('cleo')).toMatchObject({ orders_count: 2, orders_total: 70 });
    await visit(core, { anonymousId, userId: 'cleo' });
    expect(await computed('cleo')).toMatchObject({ orders_count: 3, orders_total: 110 });
    await visibly(core.call, '/v1/track', order(page, 'Completed', 'c3', both), { key: 'write' });
    expect(await computed('cleo')).toMatchObject({ orders_count: 3, orders_total: 110 });
  });

  it('come at once from many senders and none is lost', async () => {
    const all = Array.from({ length: 60 }, (_, index) =>
      core.call('/v1/track', {
        body: order({ userId: `dan-${index % 3}` }, 'Completed', `d${index}`, { total: 0.01 * index }),
      }),
    );
    expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true);
    await send(...[0, 1, 2].map((one) => order({ userId: `dan-${one}` }, 'Viewed', 'x')));
    const totals = await Promise.all(
      [0, 1, 2].map(async (one) => (await computed(`dan-${one}`))['orders_total']),
    );
    expect(totals).toEqual([5.7, 5.9, 6.1]);
  });
});
