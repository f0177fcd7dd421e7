import { Settlements } from '@repartee/delivery';
import { PushSubscriptions } from '@repartee/engagement';
import { createECDH, randomBytes } from 'node:crypto';
import { apply } from './testing/apply.js';
import { EventSourceUnderTest } from './testing/event-source.js';
import { createPlace, type CoreUnderTest, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit, type Visitor } from './testing/visitor.js';

const SHOP = {
  version: 1,
  zones: [
    { key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } },
    { key: 'push.note', channel: 'web_push' },
  ],
  offers: [{ key: 'tea', name: 'Tea', value: 5, repeatable: true }],
  treatments: [
    {
      key: 'tea.hero',
      offer: 'tea',
      channel: 'web',
      zones: ['home.hero'],
      content: { headline: 'Tea for {{ profile.traits.name }}' },
    },
    { key: 'tea.push', offer: 'tea', channel: 'web_push', zones: ['push.note'], content: { title: 'Tea' } },
  ],
  reactions: [
    {
      key: 'thirsty',
      on: { event: 'Got Thirsty' },
      action: {
        channel: 'web',
        zone: 'home.hero',
        whenAbsent: { channel: 'web_push', zone: 'push.note' },
      },
    },
  ],
};

interface DeliveryView {
  id: string;
  channel: string;
  status: string;
  reason: string | null;
}

let place: Place;
let core: CoreUnderTest;
const sources: EventSourceUnderTest[] = [];

beforeAll(async () => {
  place = await createPlace();
  core = await startCore({ place, environment: { WEB_PUSH_SUBJECT: 'mailto:a@b.example', ...VAPID } });
  await apply(core, SHOP);
});
afterEach(() => sources.splice(0).forEach((source) => source.close()));
afterAll(async () => {
  await core.stop();
  await place.remove();
});

/** Made once with `npx web-push generate-vapid-keys`, for tests alone. */
const VAPID = {
  WEB_PUSH_PUBLIC_KEY:
    'BF3ZpfuWkb1FOUb-4zPheRV3AgDG9vYaplsdtoVXYGEPXVkG-kIK-t9Ej-VroSM26iEs1MOqTwaUukolDIe9ZRM',
  WEB_PUSH_PRIVATE_KEY: 'oUYrCYMv0Rv0FezVRRRDs-VrmdcuDQ24R3fD--1Tgrk',
};

async function ann(anonymousId: string, traits: object = { name: 'Ann' }) {
  const { profileId } = await visibly(core.call, '/v1/identify', { anonymousId, traits });
  return { ...(await visit(core, { anonymousId })), profileId };
}

async function listen(visitor: Visitor, at = core): Promise<EventSourceUnderTest> {
  const source = await EventSourceUnderTest.open(`${at.url}/v1/stream`, {
    authorization: `Bearer ${visitor.session.bearer}`,
  });
  sources.push(source);
  return source;
}

const thirsty = (anonymousId: string) =>
  visibly(core.call, '/v1/track', { anonymousId, event: 'Got Thirsty' });

const deliveryOf = (profileId: string) =>
  until('the delivery', async () => {
    const { body } = await core.call<{ items: DeliveryView[] }>(`GET /v1/deliveries?profile=${profileId}`);
    return body.items.find(({ status }) => status !== 'planned' && status !== 'sending');
  });

describe('a reaction that meets the person on an open page', () => {
  it('pushes what was decided, with a receipt, into the page of whatever process', async () => {
    const visitor = await ann('ann-with-a-page');
    const other = await startCore({ place });
    try {
      const source = await listen(visitor, other);
      await thirsty(visitor.anonymousId);
      const { data } = await source.next('offer');
      expect(data).toMatchObject({
        zone: 'home.hero',
        offers: [{ offer: 'tea', content: { headline: 'Tea for Ann' }, token: expect.any(String) }],
      });
      expect(await deliveryOf(visitor.profileId)).toMatchObject({ channel: 'web', status: 'accepted' });
      const decision = `GET /v1/decisions/${String(data['decisionId'])}`;
      await until('the receipt', async () => (await core.call(decision)).status === 200);
      const [offer] = data['offers'] as { token: string }[];
      const told = await core.call('/v1/responses', {
        key: visitor.session,
        body: { responseId: 'r1', token: offer?.token, type: 'impression' },
      });
      expect(told.status).toBe(200);
    } finally {
      sources.splice(0).forEach((source) => source.close());
      await other.stop();
    }
  });

  it('holds it while outbound is paused', async () => {
    const visitor = await ann('ann-who-waits');
    const source = await listen(visitor);
    await core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'channel', key: 'web' } });
    await thirsty(visitor.anonymousId);
    await until('the pause', async () => {
      const path = `GET /v1/deliveries?profile=${visitor.profileId}`;
      const { body } = await core.call<{ items: DeliveryView[] }>(path);
      return body.items.some(({ reason }) => reason?.startsWith('paused'));
    });
    expect(source.named('offer')).toEqual([]);
    await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'channel', key: 'web' } });
  });

  it('does not speak to a device of the person that proved nothing', async () => {
    const proved = await visit(core, { anonymousId: 'laptop-of-eve', userId: 'eve' });
    const unproved = await visit(core, { anonymousId: 'laptop-of-eve' });
    const source = await listen(unproved);
    await thirsty('laptop-of-eve');
    expect(await deliveryOf(proved.profileId ?? '')).toMatchObject({ channel: 'web_push' });
    expect(source.named('offer')).toEqual([]);
  });
});

describe('a reaction that finds nobody on a page', () => {
  const subscription = {
    endpoint: 'https://push.invalid/abc',
    keys: {
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
  };

  it('writes to the browser that was subscribed', async () => {
    const visitor = await ann('ann-with-a-browser');
    const { body: key } = await core.call<{ publicKey: string }>('GET /v1/web/push-key', {
      key: visitor.session,
    });
    expect(key.publicKey).toBe(VAPID.WEB_PUSH_PUBLIC_KEY);
    const kept = await core.call('/v1/web/push-subscriptions', {
      key: visitor.session,
      body: subscription,
    });
    expect(kept.status).toBe(204);
    await thirsty(visitor.anonymousId);
    const { action } = await until('the attempt', async () => {
      const [row] = await core.database.query<{ action: { channel: string; to: { address: string } } }>(
        `SELECT action FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id WHERE d.profile_id = $1`,
        [visitor.profileId],
      );
      return row;
    });
    expect(action.channel).toBe('web_push');
    expect(JSON.parse(action.to.address)).toEqual(subscription);
  });

  it('says that there is none', async () => {
    const visitor = await ann('ann-without-anything');
    await thirsty(visitor.anonymousId);
    expect(await deliveryOf(visitor.profileId)).toMatchObject({
      channel: 'web_push',
      status: 'rejected',
      reason: 'the person has no web_push',
    });
  });

  it('a browser belongs to who spoke for it last, and goes when it is told to', async () => {
    const subscriptions = core.app.get(PushSubscriptions, { strict: false });
    const first = await ann('first-of-the-browser');
    const second = await ann('second-of-the-browser');
    for (const { session } of [first, second])
      await core.call('/v1/web/push-subscriptions', { key: session, body: subscription });
    expect(await subscriptions.of([first.anonymousId])).toEqual([]);
    const { endpoint } = subscription;
    const end = 'DELETE /v1/web/push-subscriptions';
    await core.call(end, { key: first.session, body: { endpoint } });
    expect(await subscriptions.of([second.anonymousId])).toHaveLength(1);
    await core.call(end, { key: second.session, body: { endpoint } });
    expect(await subscriptions.of([second.anonymousId])).toEqual([]);
  });

  it.each([
    ['a plain address', { ...subscription, endpoint: 'http://push.example/x' }],
    ['a script', { ...subscription, endpoint: 'javascript:alert(1)' }],
    ['short keys', { ...subscription, keys: { p256dh: 'AAAA', auth: 'AAAA' } }],
    ['nothing', {}],
  ])('a subscription with %s is refused', async (_, body) => {
    const visitor = await visit(core, {});
    expect((await core.call('/v1/web/push-subscriptions', { key: visitor.session, body })).status).toBe(400);
  });

  it('a browser that its push service no longer knows is forgotten', async () => {
    const visitor = await ann('ann-with-an-old-browser');
    const subscriptions = core.app.get(PushSubscriptions, { strict: false });
    await core.call('/v1/web/push-subscriptions', { key: visitor.session, body: subscription });
    await thirsty(visitor.anonymousId);
    const attempt = await until('the attempt', async () => {
      const [row] = await core.database.query<{ id: string; delivery_id: string }>(
        `SELECT a.id, a.delivery_id FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
         WHERE d.profile_id = $1 AND a.outcome->>'status' = 'unknown'`,
        [visitor.profileId],
      );
      return row;
    });
    await core.app.get(Settlements, { strict: false }).settle({
      deliveryId: attempt.delivery_id,
      attemptId: attempt.id,
      connector: 'web-push',
      outcome: { status: 'rejected', code: 'ADDRESS_GONE', retryable: false },
    });
    await until('the end', async () => (await subscriptions.of([visitor.anonymousId])).length === 0);
  });
});

it('a zone of the place for the absent must be there', async () => {
  const [reaction] = SHOP.reactions;
  const action = { ...reaction?.action, whenAbsent: { channel: 'web_push', zone: 'home.hero' } };
  const refused = await core.call('/v1/apply', {
    key: 'admin',
    body: { ...SHOP, reactions: [{ ...reaction, action }] },
  });
  expect(refused.status).toBe(422);
  expect(refused.body.errors).toMatchObject([{ pointer: '#/reactions/0/action/whenAbsent/zone' }]);
});
