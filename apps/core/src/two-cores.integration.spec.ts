import type { DecisionResponse } from '@repartee/contracts';
import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const SHOP = {
  version: 1,
  zones: [
    { key: 'home.hero', channel: 'web' },
    { key: 'email.main', channel: 'email' },
  ],
  offers: [{ key: 'tea', name: 'Tea', value: 1, eligibility: 'profile.computed.orders_count > 1' }],
  treatments: [
    { key: 'tea.hero', offer: 'tea', channel: 'web', zones: ['home.hero'], content: { headline: 'Tea' } },
    {
      key: 'tea.mail',
      offer: 'tea',
      channel: 'email',
      zones: ['email.main'],
      content: { subject: 'Tea', html: '<p>Tea</p>' },
    },
  ],
};

describe('two cores on one database', () => {
  let place: Place;
  let mailbox: Mailbox;
  let cores: [CoreUnderTest, CoreUnderTest];
  const decide = async (core: CoreUnderTest, userId: string) => {
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    return body.zones?.[0]?.offers.map(({ offer }) => offer);
  };
  const order = (userId: string, id: number) => ({
    userId,
    event: 'Order Completed',
    messageId: `${userId}-${id}`,
    properties: { order_id: `${id}`, total: 1 },
  });
  const ordersCount = async (core: CoreUnderTest, userId: string) => {
    const { body } = await core.call<ProfileDocument>(`GET /v1/profiles/user_id:${userId}`);
    return body.computed?.['orders_count'];
  };

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox()]);
    const first = await startCore({ place, environment: mailbox.environment });
    cores = [first, await startCore({ place, environment: mailbox.environment })];
  });
  afterAll(async () => {
    await Promise.all(cores.map((core) => core.stop()));
    await mailbox.close();
    await place.remove();
  });

  it('take over a configuration of each other in about two seconds', async () => {
    await apply(cores[0], SHOP);
    const started = performance.now();
    await until('the zone', async () => (await decide(cores[1], 'nobody')) !== undefined);
    await apply(cores[1], {
      version: 1,
      reactions: [
        { key: 'thank', on: { event: 'Thanked' }, action: { channel: 'email', zone: 'email.main' } },
      ],
    });
    await until('the reaction', async () => {
      const userId = `thanked-${Math.random()}`;
      await visibly(cores[0].call, '/v1/identify', { userId, traits: { email: `${userId}@example.org` } });
      for (const id of [1, 2]) await visibly(cores[0].call, '/v1/track', order(userId, id));
      await visibly(cores[0].call, '/v1/track', { userId, event: 'Thanked' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      return mailbox.received.length > 0;
    });
    expect(performance.now() - started).toBeLessThan(6000);
  });

  it('show at once in both what was acknowledged as visible by either', async () => {
    for (let round = 1; round <= 20; round += 1) {
      const [here, there] = round % 2 ? cores : cores.toReversed();
      const userId = `ann-${round % 3}`;
      const before = Number((await ordersCount(there!, userId)) ?? 0);
      await decide(there!, userId);
      const shown = await visibly(here!.call, '/v1/track', order(userId, round));
      const { body } = await there!.call<ProfileDocument>(`GET /v1/profiles/${shown.profileId}`);
      expect(body.version).toBeGreaterThanOrEqual(shown.profileVersion);
      expect(body.computed['orders_count']).toBe(before + 1);
      expect(await decide(there!, userId)).toEqual(before + 1 > 1 ? ['tea'] : []);
    }
  });

  it('count an event once that both are given at the same time', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        cores[index % 2]!.call('/v1/track', { body: order('bob', index >> 2) }),
      ),
    );
    await Promise.all(cores.map((core) => visibly(core.call, '/v1/track', order('bob', 99))));
    expect(await ordersCount(cores[0], 'bob')).toBe(11);
    expect(await ordersCount(cores[1], 'bob')).toBe(11);
  });

  it('share the work, and one takes it all when the other goes', async () => {
    const lanes = () =>
      place.database.database.query<{ lanes: number }>(
        'SELECT count(*)::int AS lanes FROM lane WHERE worker IS NOT NULL GROUP BY worker ORDER BY 1',
      );
    await until('a fair share', async () => (await lanes()).map((row) => row.lanes).join() === '32,32');
    await cores[1].stop();
    for (let id = 0; id < 5; id += 1) await visibly(cores[0].call, '/v1/track', order(`cleo-${id}`, id));
    await until('all lanes', async () => (await lanes()).map((row) => row.lanes).join() === '64');
    cores[1] = await startCore({ place, environment: mailbox.environment });
    await visibly(cores[1].call, '/v1/track', order('dan', 1));
  });
});
