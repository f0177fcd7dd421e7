import { ManualClock } from '@repartee/platform/testing';
import type { ProfileDocument } from '@repartee/profile/domain';
import type { Email } from 'postal-mime';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const CONFIGURATION = {
  version: 1,
  zones: [
    { key: 'email.main', channel: 'email' },
    { key: 'home.hero', channel: 'web' },
  ],
  offers: [
    { key: 'spring', name: 'Spring tea', value: 50, validUntil: '2026-05-02T00:00:00Z', url: '/shop/c/tea' },
    { key: 'always', name: 'House tea', value: 1 },
  ],
  treatments: ['spring', 'always'].map((offer) => ({
    key: `${offer}.mail`,
    offer,
    channel: 'email',
    zones: ['email.main'],
    content: { subject: '{{ offer.name }}', html: '<p><a href="{{ links.click }}">Yes</a></p>' },
  })),
  reactions: [{ key: 'greet', on: { event: 'Greeted' }, action: { channel: 'email', zone: 'email.main' } }],
};

interface Delivery {
  id: string;
  status: string;
  reason: string | null;
  attempts: unknown[];
}

describe('a message', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const meet = (userId: string) =>
    visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org` } });
  const greet = async (userId: string) => {
    await visibly(core.call, '/v1/track', { userId, event: 'Greeted' });
    return mailbox.mailTo(`${userId}@example.org`);
  };
  const link = (mail: Email, letter: string) =>
    new RegExp(`https://shop\\.example/${letter}/[^"\\s]+`).exec(mail.html ?? '')?.[0] ??
    `no /${letter}/ in the mail`;
  const send = (body: object, headers: Record<string, string> = {}) =>
    core.call<{ deliveryId: string }>('/v1/messages', {
      body: { channel: 'email', template: 'always.mail', class: 'marketing', ...body },
      headers,
    });
  const ended = (id: string) =>
    until('the delivery', async () => {
      const { body } = await core.call<Delivery>(`GET /v1/deliveries/${id}`);
      return !['planned', 'sending'].includes(body.status) && body;
    });
  const profile = async (userId: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/user_id:${userId}`)).body;
  const responses = async (userId: string) => {
    const { body } = await core.call<{ items: { kind: string; data: { type?: string; name?: string } }[] }>(
      `GET /v1/profiles/user_id:${userId}/timeline`,
    );
    return body.items.map(({ kind, data }) => `${kind} ${data.type ?? ''} ${data.name ?? ''}`.trim());
  };

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ clock, environment: mailbox.environment });
    await apply(core, CONFIGURATION);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  it('tells of opening and clicking, and leads to the offer', async () => {
    await meet('ann');
    const mail = await greet('ann');
    expect(mail.subject).toBe('Spring tea');
    expect((await core.follow(link(mail, 'o'))).headers.get('content-type')).toBe('image/gif');
    const clicked = await core.follow(link(mail, 'r'));
    expect([clicked.status, clicked.headers.get('location')]).toEqual([
      302,
      'https://shop.example/shop/c/tea',
    ]);
    await until('both', async () => {
      const all = await responses('ann');
      return all.includes('response click') && all.some((one) => one.endsWith('Email Opened'));
    });
  });

  it('whose offer has expired shows what there is instead, and the click counts', async () => {
    await meet('bob');
    const mail = await greet('bob');
    const before = clock.now();
    clock.set(Date.UTC(2026, 5, 1));
    const page = await core.follow(link(mail, 'r'));
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('House tea');
    await until('the click', async () => (await responses('bob')).includes('response click'));
    const instead = /href="([^"]+\/r\/[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await core.follow(instead)).status).toBe(302);
    clock.set(before);
  });

  it('asks before it unsubscribes: opening the link changes nothing', async () => {
    await meet('cleo');
    const mail = await greet('cleo');
    const page = await core.follow(link(mail, 'u'));
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')]);
    expect((await profile('cleo')).consents).toEqual({});
  });

  it.each<[string, RequestInit]>([
    ['urlencoded', { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }],
    ['multipart', { body: Object.assign(new FormData(), {}) }],
    ['without a body', {}],
  ])('stops marketing mail at one click, %s', async (form, init) => {
    const userId = `dan-${form.replaceAll(' ', '-')}`;
    if (init.body instanceof FormData) init.body.append('List-Unsubscribe', 'One-Click');
    await meet(userId);
    const mail = await greet(userId);
    const done = await core.follow(link(mail, 'u'), { method: 'POST', ...init });
    expect(done.status).toBe(200);
    await until('the consent', async () => (await profile(userId)).consents['email']?.status === 'denied');
    const marketing = await send({ identifiers: { userId } });
    expect(await ended(marketing.body.deliveryId)).toMatchObject({ status: 'suppressed', attempts: [] });
    const needed = await send({ identifiers: { userId }, class: 'transactional' });
    expect(await ended(needed.body.deliveryId)).toMatchObject({ status: 'accepted' });
    expect(mailbox.mailsTo(`${userId}@example.org`)).toHaveLength(2);
  });

  it('leads to a preference centre, where one may change one’s mind', async () => {
    await meet('eve');
    const preferences = link(await greet('eve'), 'p');
    const choose = (wanted: string) =>
      core.follow(preferences, { method: 'POST', body: new URLSearchParams({ wanted }) });
    expect(await (await core.follow(preferences)).text()).toContain('value="yes" checked');
    expect(await (await choose('no')).text()).toContain('value="no" checked');
    expect((await profile('eve')).consents).toMatchObject({ email: { status: 'denied' } });
    expect(await (await core.follow(preferences)).text()).toContain('value="no" checked');
    clock.advance(1000);
    await choose('yes');
    expect((await profile('eve')).consents).toMatchObject({ email: { status: 'granted' } });
  });

  it('has links that nobody can make or change', async () => {
    await meet('fay');
    const mail = await greet('fay');
    for (const letter of ['r', 'u', 'p']) {
      const forged = `${link(mail, letter).slice(0, -3)}AAA`;
      expect((await core.follow(forged)).status).toBe(404);
    }
    const swapped = link(mail, 'r').replace('/r/', '/u/');
    expect((await core.follow(swapped, { method: 'POST' })).status).toBe(404);
    expect((await profile('fay')).consents).toEqual({});
  });

  it('is sent once by its idempotency key', async () => {
    await meet('gus');
    const key = { 'idempotency-key': 'welcome-gus' };
    const identifiers = { userId: 'gus' };
    const first = await send({ identifiers }, key);
    expect(first.status).toBe(202);
    const again = await send({ identifiers }, key);
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await send({ identifiers, class: 'transactional' }, key);
    expect(other.body).toMatchObject({ status: 422, code: 'HTTP.IDEMPOTENCY_KEY_REUSED' });
    const both = await Promise.all(
      [1, 2, 3].map(() => send({ identifiers }, { 'idempotency-key': 'at-once' })),
    );
    expect(new Set(both.filter(({ status }) => status === 202).map(({ body }) => body.deliveryId)).size).toBe(
      1,
    );
    await ended(first.body.deliveryId);
    await mailbox.mailTo('gus@example.org', 2);
    expect(mailbox.mailsTo('gus@example.org')).toHaveLength(2);
  });

  it('waits for its time, and may be called off until then', async () => {
    await meet('hal');
    const sendAt = new Date(clock.now() + 60_000).toISOString();
    const [kept, cancelled] = [
      await send({ identifiers: { userId: 'hal' }, sendAt }),
      await send({ identifiers: { userId: 'hal' }, sendAt }),
    ];
    expect((await core.call(`/v1/deliveries/${cancelled.body.deliveryId}/cancel`)).status).toBe(200);
    clock.advance(61_000);
    expect(await ended(kept.body.deliveryId)).toMatchObject({ status: 'accepted' });
    expect((await core.call(`/v1/deliveries/${kept.body.deliveryId}/cancel`)).body).toMatchObject({
      status: 409,
    });
    expect(mailbox.mailsTo('hal@example.org')).toHaveLength(1);
  });

  it('does not leave while everything is paused', async () => {
    await meet('ida');
    await core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'all' } });
    const sent = await send({ identifiers: { userId: 'ida' } });
    await until('the gate', async () => {
      const { body } = await core.call<Delivery>(`GET /v1/deliveries/${sent.body.deliveryId}`);
      return body.reason?.startsWith('paused');
    });
    expect(mailbox.mailsTo('ida@example.org')).toEqual([]);
    await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'all' } });
    clock.advance(16_000);
    expect(await ended(sent.body.deliveryId)).toMatchObject({ status: 'accepted' });
  });

  it('to nobody, or of nothing, is refused', async () => {
    expect((await send({ identifiers: { userId: 'nobody' } })).body).toMatchObject({
      status: 404,
      code: 'PROFILE.NOT_FOUND',
    });
    await meet('jan');
    const identifiers = { userId: 'jan' };
    expect((await send({ identifiers, template: 'none' })).body).toMatchObject({
      status: 422,
      code: 'MESSAGE.UNKNOWN_CONTENT',
    });
    expect((await send({ identifiers, offer: 'always' })).body).toMatchObject({ status: 400 });
  });
});
