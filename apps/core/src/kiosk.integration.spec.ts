import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { SignJWT } from 'jose';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Visit {
  id: string;
  anonymousId: string;
  token: string;
  idleAt: string;
  known: boolean;
}
interface HandOver {
  url: string;
  code: string;
}
const CATALOGUE = {
  version: 1,
  zones: [
    { key: 'kiosk.main', channel: 'kiosk' },
    { key: 'kiosk.other', channel: 'kiosk' },
    { key: 'home.hero', channel: 'web' },
    { key: 'sms.codes', channel: 'sms' },
  ],
  offers: [
    { key: 'tea', name: 'Tea', value: 5, repeatable: true },
    { key: 'code', name: 'Code', value: 1 },
  ],
  treatments: [
    {
      ...{ key: 'tea.kiosk', offer: 'tea', channel: 'kiosk', zones: ['kiosk.main'] },
      content: { headline: 'Tea, {{ profile.traits.firstName | default: "stranger" }}?' },
    },
    {
      ...{ key: 'kiosk.code', offer: 'code', channel: 'sms', zones: ['sms.codes'] },
      content: { body: 'Your code is {{ data.code }}' },
    },
  ],
};

describe('visits of a kiosk', () => {
  let core: CoreUnderTest;
  let device: { bearer: string };
  const clock = new ManualClock(Date.parse('2027-03-01T15:00:00Z'));

  const begin = async (body: object = { by: 'anonymous' }) =>
    (await core.call<Visit>('/v1/devices/me/visits', { key: device, body })).body;
  const touch = ({ id }: Visit) => core.call<Visit>(`/v1/devices/me/visits/${id}/touch`, { key: device });
  const offer = async ({ id }: Visit) =>
    (await core.call<HandOver>(`/v1/devices/me/visits/${id}/hand-over`, { key: device })).body;
  const take = (code: string) =>
    core.call<Visit & { code: string }>('/v1/devices/hand-overs', { key: 'write', body: { code } });
  const decide = ({ anonymousId, token }: Pick<Visit, 'anonymousId' | 'token'>, zone = 'kiosk.main') =>
    core.call<{ offers: { content: { headline: string } }[] }>('/v1/decisions', {
      key: { bearer: token },
      body: {
        identifiers: { anonymousId },
        channel: zone.startsWith('kiosk') ? 'kiosk' : 'web',
        zones: [{ zone }],
      },
    });

  async function pair() {
    const { body } = await core.call<{ code: string; pollToken: string }>('/v1/devices/pairings', {
      key: null,
    });
    await core.call(`/v1/devices/pairings/${body.code}/approve`, {
      key: 'admin',
      body: { name: 'Lobby', place: 'Hall', zones: ['kiosk.main'], idleSeconds: 60 },
    });
    const polled = await core.call<{ credential: string }>('/v1/devices/pairings/poll', {
      key: { bearer: body.pollToken },
    });
    return { bearer: polled.body.credential };
  }

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, CATALOGUE);
    device = await pair();
  });
  afterAll(() => core.stop());

  it('show zones, under an id that no other visit had', async () => {
    const [one, two] = [await begin(), await begin()];
    expect(one.anonymousId).not.toBe(two.anonymousId);
    const { status, text } = await decide(two);
    expect([status, text]).toEqual([200, expect.stringContaining('Tea, stranger?')]);
    expect((await touch(one)).body).toMatchObject({ code: 'KIOSK.VISIT_ENDED' });
  });

  it('end when nobody touches the screen, and their token with them', async () => {
    const visit = await begin();
    clock.advance(59_000);
    const touched = await touch(visit);
    expect(touched.status).toBe(200);
    // Looking keeps nothing alive.
    const look = () => core.call(`GET /v1/devices/me/visits/${visit.id}`, { key: device });
    expect((await look()).body).toMatchObject({ idleAt: touched.body.idleAt });
    clock.advance(2_000);
    expect((await decide(visit)).status).toBe(401);
    expect((await decide(touched.body)).status).toBe(200);
    clock.advance(60_000);
    expect([(await look()).status, (await touch(visit)).status]).toEqual([410, 410]);
  });

  it('leave nothing behind that ties the device to the visitor, and the device stays paired', async () => {
    const visit = await begin();
    const end = () => core.call(`DELETE /v1/devices/me/visits/${visit.id}`, { key: device });
    expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
    expect(await core.database.query('SELECT 1 FROM kiosk_visit')).toEqual([]);
    expect((await touch(visit)).status).toBe(410);
    expect((await core.call('GET /v1/devices/me', { key: device })).status).toBe(200);
  });

  it('take a card for a claim: it reveals nobody', async () => {
    const known = await visibly(core.call, '/v1/identify', {
      userId: 'card-7',
      traits: { firstName: 'Ann' },
    });
    expect(known.profileId).toEqual(expect.any(String));
    const visit = await begin({ by: 'card', userId: 'card-7' });
    await visibly(core.call, '/v1/track', { anonymousId: visit.anonymousId, event: 'Looked Around' });
    expect((await decide(visit)).text).toContain('Tea, stranger?');
  });

  it('go on on one phone, once, and the kiosk forgets them', async () => {
    const visit = await begin();
    const old = await offer(visit);
    const { url, code } = await offer(visit);
    expect(new URL(url).hash).toBe(`#${code}`);
    expect((await take(old.code)).body.code).toBe('KIOSK.INVALID_HAND_OVER');
    const phones = await Promise.all(Array.from({ length: 8 }, () => take(code)));
    const taken = phones.filter(({ status }) => status === 200);
    expect(taken.map(({ body }) => body.anonymousId)).toEqual([visit.anonymousId]);
    expect((await touch(visit)).status).toBe(410);
    expect((await decide(taken[0]?.body ?? visit)).status).toBe(200);
  });

  it('show the zones of their device alone, and none once it is revoked', async () => {
    const lost = await pair();
    const { body: visit } = await core.call<Visit>('/v1/devices/me/visits', {
      key: lost,
      body: { by: 'anonymous' },
    });
    expect((await decide(visit)).status).toBe(200);
    for (const zone of ['kiosk.other', 'home.hero'])
      expect((await decide(visit, zone)).body).toMatchObject({ code: 'DEVICE.ZONE_NOT_ALLOWED' });
    const me = await core.call<{ id: string }>('GET /v1/devices/me', { key: lost });
    await core.call(`DELETE /v1/devices/${me.body.id}`, { key: 'admin' });
    expect((await decide(visit)).body).toMatchObject({ code: 'DEVICE.UNAUTHENTICATED' });
  });

  it('carry what the visitor takes along to our own page, once, without a key', async () => {
    const visit = await begin();
    const carried = {
      dialogueId: newId(),
      offers: [{ offer: 'tea', content: { headline: 'Tea' }, token: 't', validUntil: 'v', accepted: true }],
    };
    const { body } = await core.call<HandOver>(`/v1/devices/me/visits/${visit.id}/hand-over`, {
      key: device,
      body: { carried },
    });
    const go = () => core.call<Visit>('/v1/kiosk/continue', { key: null, body: { code: body.code } });
    const taken = await go();
    expect(taken.body).toMatchObject({ anonymousId: visit.anonymousId, zones: ['kiosk.main'], carried });
    expect((await go()).status).toBe(404);
    // The phone is no device: it asks for whatever a page may ask for.
    expect((await decide(taken.body, 'home.hero')).status).toBe(200);
  });

  it("believe a code that the site's server signed, and nothing else", async () => {
    await visibly(core.call, '/v1/identify', { userId: 'app-1', traits: { firstName: 'Bea' } });
    const sign = (secret: string) =>
      new SignJWT({ sub: 'app-1' })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(clock.now() / 1000 + 60)
        .sign(Buffer.from(secret));
    const visit = await begin({ by: 'qr', userToken: await sign(core.keys.signingSecret) });
    expect(visit.known).toBe(true);
    expect((await decide(visit)).text).toContain('Tea, Bea?');
    const { body: touched } = await touch(visit);
    expect((await decide(touched)).text).toContain('Tea, Bea?');
    const forged = await core.call('/v1/devices/me/visits', {
      key: device,
      body: { by: 'qr', userToken: await sign('x'.repeat(40)) },
    });
    expect(forged.status).toBe(401);
    // Whoever photographs the code of a hand-over is nobody known.
    const { code } = await offer(visit);
    const { body: phone } = await take(code);
    expect((await decide(phone)).text).toContain('Tea, stranger?');
  });

  it('are reported once, in their own time, though the device was offline and its clock is wrong', async () => {
    const anonymousId = newId();
    // The device is ten minutes ahead and was offline for half an hour.
    const local = (minutes: number) => new Date(clock.now() + minutes * 60_000).toISOString();
    const batch = ['Visit Begun', 'Offer Shown'].map((event, order) => ({
      ...{ type: 'track', event, anonymousId, messageId: `${anonymousId}-${order}` },
      timestamp: local(10 - 30 + order),
    }));
    const report = () =>
      core.call('/v1/devices/me/events', { key: device, body: { batch, sentAt: local(10) } });
    expect([(await report()).status, (await report()).status]).toEqual([200, 200]);
    const rows = await core.database.query<{ name: string; source: string; at: Date; verified: boolean }>(
      `SELECT name, source, occurred_at AS at, verified FROM event_log
       WHERE message_id LIKE $1 || '-%' ORDER BY occurred_at`,
      [anonymousId],
    );
    expect(rows.map(({ name, at, verified }) => [name, clock.now() - at.getTime(), verified])).toEqual([
      ['Visit Begun', 30 * 60_000, false],
      ['Offer Shown', 29 * 60_000, false],
    ]);
  });

  it('tell how their device is', async () => {
    const health = { version: '0.1.0', waiting: 3, oldestWaitingAt: null, offlineSeconds: 60 };
    const put = { key: device, body: health };
    expect((await core.call('PUT /v1/devices/me/health', put)).status).toBe(204);
    const me = await core.call('GET /v1/devices/me', { key: device });
    expect(me.body).toMatchObject({ health, phoneCodes: true });
  });

  it('cannot be taken once they ended, by late phones, or by other devices', async () => {
    const ended = await begin();
    const { code } = await offer(ended);
    const next = await begin();
    expect((await take(code)).status).toBe(404);
    const late = await offer(next);
    clock.advance(5 * 60_000);
    expect((await take(late.code)).status).toBe(404);
    const visit = await begin();
    const other = await pair();
    const stolen = await core.call(`/v1/devices/me/visits/${visit.id}/hand-over`, { key: other });
    expect(stolen.body.code).toBe('KIOSK.VISIT_ENDED');
  });
});
