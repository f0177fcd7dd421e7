import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;
const OFFERS = [
  { key: 'cart', name: 'Cart', value: 50, eligibility: 'profile.traits.name != "Nobody"' },
  { key: 'plan-b', name: 'Plan B', value: 1 },
];
const SHOP = {
  version: 1,
  prune: true,
  zones: [
    { key: 'email.main', channel: 'email' },
    { key: 'home.hero', channel: 'web' },
  ],
  offers: OFFERS,
  treatments: OFFERS.flatMap(({ key }) => [
    {
      key: `${key}.mail`,
      offer: key,
      channel: 'email',
      zones: ['email.main'],
      content: { subject: '{{ offer.name }}', html: '<p>{{ offer.name }}</p>' },
    },
    { key: `${key}.web`, offer: key, channel: 'web', zones: ['home.hero'], content: { headline: key } },
  ]),
  reactions: [{ key: 'hello', on: { event: 'Signed Up' }, action: { channel: 'email', zone: 'email.main' } }],
};
const contact = (suppress: string) => ({
  key: 'enough',
  type: 'contact',
  outcomes: ['click'],
  count: 1,
  within: '7d',
  suppress,
});

describe('a message that waited', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  let place: Place;
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const meet = async () => {
    const userId = newId();
    await visibly(core.call, '/v1/identify', {
      userId,
      traits: { email: `${userId}@example.org`, name: 'Ann' },
    });
    return userId;
  };
  const responds = async (userId: string, type: string) => {
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero' }] },
    });
    const { offer, token } = body.zones[0]!.offers[0]!;
    expect(offer).toBe('cart');
    await visibly(core.call, '/v1/responses', { responseId: newId(), token, type });
  };
  const plan = async (userId: string, more: object) => {
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: {
        identifiers: { userId },
        channel: 'email',
        class: 'marketing',
        sendAt: new Date(clock.now() + HOUR).toISOString(),
        ...more,
      },
    });
    return body.deliveryId;
  };
  const ended = async (id: string) => {
    type Read = { status: string; reason: string | null };
    const look = async () => (await core.call<Read>(`GET /v1/deliveries/${id}`)).body;
    await until('the delivery', async () => !['planned', 'sending'].includes((await look()).status));
    return look();
  };
  const mailTo = async (userId: string) => (await mailbox.mailTo(`${userId}@example.org`)).subject;

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox()]);
    core = await startCore({ place, clock, environment: mailbox.environment });
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
    await place.remove();
  });

  it('is asked again of contact policies, and gives way to another offer', async () => {
    await apply(core, { ...SHOP, policies: [contact('offer')] });
    const userId = await meet();
    const [marketing, service] = [
      await plan(userId, { offer: 'cart' }),
      await plan(userId, { offer: 'cart', class: 'transactional' }),
    ];
    await responds(userId, 'click');
    clock.advance(HOUR);
    expect(await ended(marketing)).toMatchObject({
      status: 'suppressed',
      reason: 'The person has had enough for now: enough until 2026-05-08T12:00:00.000Z.',
    });
    expect(await ended(service)).toMatchObject({ status: 'accepted' });
    await until('another', async () =>
      mailbox.mailsTo(`${userId}@example.org`).some(({ subject }) => subject === 'Plan B'),
    );
  });

  it('stays where the person has had enough of all, offer or not', async () => {
    await apply(core, { ...SHOP, policies: [contact('everything')] });
    const userId = await meet();
    const [offer, news] = [
      await plan(userId, { offer: 'plan-b' }),
      await plan(userId, { template: 'cart.mail' }),
    ];
    await responds(userId, 'click');
    clock.advance(HOUR);
    for (const id of [offer, news])
      expect(await ended(id)).toMatchObject({
        status: 'suppressed',
        reason: expect.stringContaining('enough until'),
      });
    expect(mailbox.mailsTo(`${userId}@example.org`)).toEqual([]);
  });

  it('is not sent for what was rejected, or is no longer published', async () => {
    await apply(core, SHOP);
    const [ann, bob] = [await meet(), await meet()];
    const rejected = await plan(ann, {
      offer: 'cart',
      sendAt: new Date(clock.now() + HOUR / 4).toISOString(),
    });
    await responds(ann, 'reject');
    clock.advance(HOUR / 4);
    expect(await ended(rejected)).toMatchObject({ status: 'suppressed', reason: 'The person said no.' });
    const retired = await plan(bob, { offer: 'cart' });
    const { headers } = await core.call('GET /v1/offers/cart');
    await core.call('/v1/offers/cart/retire', {
      key: 'admin',
      headers: { 'if-match': headers.get('etag')! },
    });
    clock.advance(HOUR);
    expect(await ended(retired)).toMatchObject({
      status: 'suppressed',
      reason: 'It is no longer published.',
    });
    expect(await mailTo(bob)).toBe('Plan B');
  });

  it('and was decided, is asked of all its rules again', async () => {
    await apply(core, SHOP);
    await core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'all' } });
    const userId = await meet();
    await visibly(core.call, '/v1/track', { userId, event: 'Signed Up' });
    type Page = { items: { id: string; offer: string }[] };
    const deliveries = async () =>
      (await core.call<Page>(`GET /v1/deliveries?profile=user_id:${userId}`)).body.items;
    await until('the plan', async () => (await deliveries()).length === 1);
    const [first] = await deliveries();
    expect(first!.offer).toBe('cart');
    await visibly(core.call, '/v1/identify', { userId, traits: { name: 'Nobody' } });
    await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'all' } });
    clock.advance(60_000);
    expect(await ended(first!.id)).toMatchObject({
      status: 'suppressed',
      reason: 'The person is not eligible.',
    });
    expect(await mailTo(userId)).toBe('Plan B');
  });
});
