import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { TEA_BY_MAIL } from './testing/tea-by-mail.js';

interface Delivery {
  status: string;
  reason: string | null;
  holdUntil: string | null;
  attempts: { connector: string; outcome: { status: string } | null }[];
}

const HOUR = 3_600_000;
const nights = { key: 'nights', type: 'quiet', channels: ['email'], from: '21:00', until: '08:00' };

describe('what waits to be sent', () => {
  // Ten in the evening in Vienna, in winter.
  const clock = new ManualClock(Date.UTC(2026, 0, 15, 21));
  let place: Place;
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  const send = async (userId: string, more: object = {}) => {
    const body = { identifiers: { userId }, channel: 'email', template: 'tea', class: 'marketing', ...more };
    return (await core.call<{ deliveryId: string }>('/v1/messages', { body })).body.deliveryId;
  };
  const look = async (id: string) => (await core.call<Delivery>(`GET /v1/deliveries/${id}`)).body;
  const ends = (id: string, status: string) =>
    until(`${status}`, async () => (await look(id)).status === status);
  const meet = (userId: string, traits: object = {}) =>
    visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org`, ...traits } });

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox()]);
    core = await startCore({
      place,
      clock,
      environment: { ...mailbox.environment, REPARTEE_TIME_ZONE: 'Europe/Vienna' },
    });
    await apply(core, { ...TEA_BY_MAIL, policies: [nights] });
    await meet('ann', { time_zone: 'America/New_York' });
    await meet('bob');
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
    await place.remove();
  });

  it('leaves at night whom quiet hours do not concern', async () => {
    const [elsewhere, service] = [await send('ann'), await send('bob', { class: 'transactional' })];
    await ends(elsewhere, 'accepted');
    await ends(service, 'accepted');
  });

  it('waits for the morning of the person, says so, and leaves then', async () => {
    const held = await send('bob');
    await until('the hold', async () => (await look(held)).holdUntil !== null);
    expect(await look(held)).toMatchObject({
      status: 'planned',
      holdUntil: '2026-01-16T07:00:00.000Z',
      reason: expect.stringContaining(
        "2026-01-16T07:00:00.000Z (Europe/Vienna, as the person's time zone",
      ) as string,
    });
    const { body } = await core.call<{ items: { kind: string; data: object }[] }>(
      'GET /v1/profiles/user_id:bob/timeline',
    );
    expect(body.items.filter(({ kind }) => kind === 'delivery').map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ deliveryId: held, holdUntil: '2026-01-16T07:00:00.000Z' }),
    );
    clock.advance(10 * HOUR);
    await ends(held, 'accepted');
  });

  it('stays while its connector is paused, whose drain tells what is still under way', async () => {
    type Paused = { pauses: object[]; inFlight: number };
    for (const scope of ['all', 'channel', 'campaign', 'offer']) {
      const body = { scope, ...(scope !== 'all' && { key: 'other' }) };
      const paused = await core.call<Paused>('/v1/outbound/pause', { key: 'admin', body });
      expect(paused.body.inFlight).toBe(0);
      await core.call('/v1/outbound/resume', { key: 'admin', body });
    }
    const pause = { scope: 'connector', key: 'email-smtp' };
    const { body } = await core.call<Paused>('/v1/outbound/pause', {
      key: 'admin',
      body: { ...pause, drain: 5 },
    });
    expect(body).toEqual({ pauses: [pause], inFlight: 0 });
    const before = mailbox.mailsTo('bob@example.org').length;
    const waiting = [await send('bob'), await send('bob', { class: 'transactional' })];
    await core.call('/v1/outbound/resume', { key: 'admin', body: pause });
    for (const id of waiting) await ends(id, 'accepted');
    await mailbox.mailTo('bob@example.org', before + 2);
  });

  it('heeds what is withdrawn while it waits, and shows pauses as the reason', async () => {
    await core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'campaign', key: 'message' } });
    const before = mailbox.received.length;
    const id = await send('ann');
    expect(await look(id)).toMatchObject({ status: 'planned', reason: 'paused: campaign message' });
    const { body } = await core.call<{ id: string }>('GET /v1/profiles/user_id:ann');
    await core.call(`PUT /v1/profiles/${body.id}/consents`, {
      key: 'admin',
      body: { consents: [{ channel: 'email', status: 'denied' }] },
    });
    await visibly(core.call, '/v1/track', { userId: 'ann', event: 'Email Unsubscribed' });
    await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'campaign', key: 'message' } });
    await ends(id, 'suppressed');
    expect(mailbox.received.length).toBe(before);
  });
});

describe('what nobody knows', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;

  beforeAll(async () => {
    mailbox = await openMailbox({ hangs: true });
    core = await startCore({ environment: { ...mailbox.environment, EMAIL_SMTP_TIMEOUT: '0.3' } });
    await apply(core, TEA_BY_MAIL);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  it('is listed and counted until a person decides', async () => {
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { email: 'ann@example.org' } });
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: { identifiers: { userId: 'ann' }, channel: 'email', template: 'tea', class: 'marketing' },
    });
    const id = body.deliveryId;
    const look = async () => (await core.call<Delivery>(`GET /v1/deliveries/${id}`)).body;
    await until('unknown', async () => (await look()).status === 'unknown');
    const listed = await core.call<{ items: { id: string }[] }>('GET /v1/deliveries?status=unknown');
    expect(listed.body.items.map((one) => one.id)).toEqual([id]);
    const metrics = await core.call('GET /metrics', { key: 'admin' });
    expect(metrics.text).toContain('repartee_delivery_unknown 1');

    const resolve = (key: 'server' | 'admin', outcome: string) =>
      core.call(`/v1/deliveries/${id}/resolve`, { key, body: { outcome, reason: 'she told us' } });
    expect((await resolve('admin', 'lost')).status).toBe(400);
    expect((await resolve('admin', 'accepted')).status).toBe(200);
    expect(await look()).toMatchObject({ status: 'accepted' });
    expect((await resolve('admin', 'rejected')).body.code).toBe('DELIVERY.NOT_UNKNOWN');
    const audit = await core.call<{ items: { action: string; detail: object }[] }>('GET /v1/audit', {
      key: 'admin',
    });
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({
        action: 'change',
        detail: expect.objectContaining({ delivery: id, reason: 'she told us' }) as object,
      }),
    );
  });
});
