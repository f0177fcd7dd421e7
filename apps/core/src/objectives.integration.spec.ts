import type { DecisionResponse } from '@repartee/contracts';
import { LearningFeed } from '@repartee/learning';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OFFERS = ['tea', 'club', 'poll', 'news'];
const SHOP = {
  version: 1,
  zones: [{ key: 'hero', channel: 'web' }],
  offers: OFFERS.map((key) => ({ key, name: key, value: 1, group: key === 'poll' ? 'surveys' : 'drinks' })),
  treatments: OFFERS.map((offer) => ({
    key: `${offer}.hero`,
    offer,
    channel: 'web',
    zones: ['hero'],
    content: { headline: offer },
  })),
};
const OBJECTIVE = {
  offers: {
    tea: { weight: 0, revenue: { windowMinutes: 1440, full: 200 } },
    club: { weight: 0, retention: { days: 2, withinDays: 1 } },
  },
  groups: { surveys: { weight: 1, answer: { weight: 3, question: 'nps', full: 10, windowMinutes: 1440 } } },
};

interface Told {
  model: string;
  reward: number;
  weight: number;
}

describe('objectives of offers and groups', () => {
  const clock = new ManualClock();
  let core: CoreUnderTest;

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, SHOP);
    const { status } = await core.call('PUT /v1/learning/objective', { body: OBJECTIVE, key: 'admin' });
    expect(status).toBe(200);
    await learn();
  });
  afterAll(() => core.stop());

  const learn = () => core.app.get(LearningFeed, { strict: false }).run();
  const told = async (offer: string) =>
    (
      await core.database.query<{ body: Told }>(
        `SELECT body FROM learning_update WHERE body ->> 'model' = $1 ORDER BY sequence`,
        [`${offer}/web`],
      )
    ).map(({ body: { reward, weight } }) => [reward, weight]);
  const track = (userId: string, event: string, properties: object) =>
    visibly(core.call, '/v1/track', { userId, event, properties, messageId: newId() });
  /** Shows all offers to a person, and says that they were seen. */
  const show = async (userId: string) => {
    await visibly(core.call, '/v1/identify', { userId, traits: { plan: 'gold' } });
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'hero', count: 4 }] },
    });
    const offers = body.zones[0]!.offers;
    for (const { token } of offers)
      await visibly(core.call, '/v1/responses', { responseId: newId(), token, type: 'impression' });
    return new Map(offers.map(({ offer, token }) => [offer, token]));
  };

  it('learn from orders, answers and returns when their windows end, and from responses by their weight', async () => {
    const ann = await show('ann');
    await show('bob');
    await track('ann', 'Order Completed', { order_id: 'o1', total: 60, currency: 'USD' });
    await track('ann', 'Order Completed', { order_id: 'o2', total: 40, currency: 'USD' });
    await track('ann', 'Order Completed', { order_id: 'o3', total: 999, currency: 'JPY' });
    await track('ann', 'Survey Answered', { question: 'nps', answer: 5 });
    await track('ann', 'Survey Answered', { question: 'other', answer: 10 });
    const poll = ann.get('poll')!;
    await visibly(core.call, '/v1/responses', { responseId: newId(), token: poll, type: 'click' });
    await learn();
    expect(await told('poll')).toEqual([[0.3 / 4, 1]]);
    expect(await told('tea')).toEqual([]);
    clock.advance(DAY + HOUR);
    const { profileId } = await track('ann', 'Order Completed', {
      order_id: 'late',
      total: 500,
      currency: 'USD',
    });
    await learn();
    // Ann ordered for 100 of 200; Bob for nothing.
    expect((await told('tea')).sort()).toEqual([
      [0, 1],
      [0.5, 1],
    ]);
    // Her answer is half of the three quarters that answers weigh, told as that much more of a yes.
    const [click, ...rest] = await told('poll');
    expect(click).toEqual([0.3 / 4, 1]);
    expect(rest.sort()).toEqual([
      [0, 1],
      [1, 0.375],
    ]);
    clock.advance(DAY);
    await track('bob', 'Page Looked At', {});
    // What somebody writes about Ann is no return of hers.
    await core.call(`/v1/profiles/${profileId}/notes`, { body: { text: 'Has not been here lately' } });
    await until('the note', async () => {
      const { text } = await core.call(`GET /v1/profiles/${profileId}/timeline`);
      return text.includes('lately');
    });
    clock.advance(DAY);
    await learn();
    // Both displays were a no when silence was concluded; Bob came back on the third day.
    expect(await told('club')).toEqual([
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
    expect(await told('news')).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('count the value that a response states, and learn what is a whole yes where nobody says', async () => {
    const revenue = { weight: 0, revenue: { windowMinutes: 60 } };
    await core.call('PUT /v1/learning/objective', { body: { offers: { news: revenue } }, key: 'admin' });
    await learn();
    for (const [userId, value] of [
      ['cat', 10],
      ['dan', 5],
    ] as const) {
      const token = (await show(userId)).get('news')!;
      const convert = { responseId: newId(), token, type: 'convert', value, currency: 'USD' };
      await visibly(core.call, '/v1/responses', convert);
      clock.advance(2 * HOUR);
      await learn();
    }
    const [cat, dan, ...rest] = (await told('news')).slice(2);
    expect(rest).toEqual([]);
    expect([cat![1], dan![1]]).toEqual([1, 1]);
    expect(cat![0]).toBeGreaterThan(dan![0]!);
    expect(dan![0]).toBeGreaterThan(0);
    expect(cat![0]).toBeLessThan(1);
  });
});
