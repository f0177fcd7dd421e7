import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { imported } from './testing/imports.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;
const action = { channel: 'email', zone: 'email.main' };
const CONFIGURATION = {
  version: 1,
  zones: [{ key: 'email.main', channel: 'email' }],
  offers: [{ key: 'cart', name: 'Your cart', value: 5, repeatable: true }],
  treatments: [
    {
      key: 'cart.mail',
      offer: 'cart',
      channel: 'email',
      zones: ['email.main'],
      content: {
        subject: 'For {{ profile.traits.name }}',
        html: '<p><a href="{{ links.click }}">Come</a></p>',
      },
    },
  ],
  reactions: [
    { key: 'at-once', on: { event: 'Signed Up' }, action },
    { key: 'dear', on: { event: 'Product Viewed', where: 'event.properties.price > 100.0' }, action },
    {
      key: 'abandoned',
      on: { event: 'Product Added' },
      after: '1h',
      unless: { event: 'Order Completed' },
      action,
    },
    {
      key: 'regular',
      on: { event: 'Visited' },
      after: '1h',
      when: 'profile.computed.orders_count > 0',
      action,
    },
    { key: 'seldom', on: { event: 'Searched' }, once: 'P2D', action },
  ],
};

describe('a reaction', () => {
  let place: Place;
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const start = () => startCore({ place, clock, environment: mailbox.environment });
  const does = (userId: string, event: string, properties: object = {}) =>
    visibly(core.call, '/v1/track', { userId, event, properties });
  const meet = (userId: string) =>
    visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org`, name: userId } });
  const mailsTo = (userId: string) => mailbox.mailsTo(`${userId}@example.org`);
  const mailTo = (userId: string, count?: number) => mailbox.mailTo(`${userId}@example.org`, count);
  const timers = () => core.database.query('SELECT 1 FROM reaction_timer');
  /** Everything that came due has been dealt with. */
  const settled = async () => {
    await until('timers', async () => {
      const [row] = await core.database.query<{ due: number }>(
        'SELECT (SELECT count(*) FROM reaction_timer WHERE due_at <= $1)::int + (SELECT count(*) FROM bus_message WHERE available_at <= $1)::int AS due',
        [new Date(clock.now())],
      );
      return row?.due === 0;
    });
  };

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox()]);
    core = await start();
    await apply(core, CONFIGURATION);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
    await place.remove();
  });

  it('sends at once, to whom the event was about', async () => {
    await meet('ann');
    await does('ann', 'Signed Up');
    expect(await mailTo('ann')).toMatchObject({ subject: 'For ann', from: { address: 'shop@example.com' } });
    const { body } = await core.call<{ items: { status: string; origin: string }[] }>(
      'GET /v1/deliveries?profile=user_id:ann',
    );
    await settled();
    expect(body.items).toMatchObject([{ origin: 'reaction:at-once' }]);
  });

  it('starts only where its condition on the event holds', async () => {
    await meet('bob');
    await does('bob', 'Product Viewed', { price: 5 });
    await does('bob', 'Product Viewed', {});
    await does('bob', 'Product Viewed', { price: 'much' });
    await settled();
    expect(mailsTo('bob')).toEqual([]);
    await does('bob', 'Product Viewed', { price: 101 });
    await mailTo('bob');
  });

  it('waits, starts the wait anew, and then sends once', async () => {
    await meet('cleo');
    await does('cleo', 'Product Added', { product_id: 'a' });
    clock.advance(HOUR / 2);
    await does('cleo', 'Product Added', { product_id: 'b' });
    clock.advance(HOUR / 2 + 1);
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mailsTo('cleo')).toEqual([]);
    clock.advance(HOUR / 2);
    await mailTo('cleo');
    clock.advance(5 * HOUR);
    await settled();
    expect(mailsTo('cleo')).toHaveLength(1);
  });

  it('is called off by what came meanwhile', async () => {
    await meet('dan');
    await does('dan', 'Product Added', { product_id: 'a' });
    await does('dan', 'Order Completed', { order_id: 'o', total: 3 });
    clock.advance(2 * HOUR);
    await until('the timer', async () => (await timers()).length === 0);
    await settled();
    expect(mailsTo('dan')).toEqual([]);
    await does('dan', 'Product Added', { product_id: 'a' });
    clock.advance(2 * HOUR);
    await mailTo('dan');
  });

  it('asks its condition when it is due, not when it starts', async () => {
    await Promise.all([meet('eve'), meet('fay')]);
    await does('eve', 'Visited');
    await does('fay', 'Visited');
    await does('eve', 'Order Completed', { order_id: 'e', total: 3 });
    clock.advance(2 * HOUR);
    await mailTo('eve');
    await settled();
    expect(mailsTo('fay')).toEqual([]);
  });

  it('goes ahead at most once within its time', async () => {
    await meet('gus');
    await does('gus', 'Searched');
    await mailTo('gus');
    await does('gus', 'Searched');
    clock.advance(47 * HOUR);
    await does('gus', 'Searched');
    await settled();
    expect(mailsTo('gus')).toHaveLength(1);
    clock.advance(2 * HOUR);
    await does('gus', 'Searched');
    await mailTo('gus', 2);
  });

  it('does not start for what a file tells of the past', async () => {
    await Promise.all([meet('ida'), meet('jan')]);
    const ago = (milliseconds: number) => new Date(clock.now() - milliseconds).toISOString();
    const file = `who,at\nida,${ago(25 * HOUR)}\njan,${ago(HOUR)}\n`;
    const mapping = {
      type: 'track',
      fields: [
        { from: 'who', to: 'userId' },
        { from: 'at', to: 'timestamp' },
        { value: 'Signed Up', to: 'event' },
      ],
    };
    const { events } = await imported(core.call, file, { mapping, source: 'crm' });
    expect(events).toMatchObject({ written: 2 });
    await mailTo('jan');
    await until('the past', async () => {
      const { body } = await core.call<{ items: unknown[] }>('GET /v1/profiles/user_id:ida/timeline');
      return body.items.length === 2;
    });
    await settled();
    expect(mailsTo('ida')).toEqual([]);
  });

  it('survives the end of the process it was waiting in', async () => {
    await meet('hal');
    await does('hal', 'Product Added', { product_id: 'a' });
    await core.stop();
    clock.advance(2 * HOUR);
    core = await start();
    await mailTo('hal');
    await settled();
    expect(mailsTo('hal')).toHaveLength(1);
  });
});
