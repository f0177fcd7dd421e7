import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Visit {
  id: string;
  anonymousId: string;
  token: string;
  idleAt: string;
}
interface HandOver {
  url: string;
  code: string;
}
const CATALOGUE = {
  version: 1,
  zones: [{ key: 'kiosk.main', channel: 'web' }],
  offers: [{ key: 'tea', name: 'Tea', value: 5, repeatable: true }],
  treatments: [
    {
      ...{ key: 'tea.kiosk', offer: 'tea', channel: 'web', zones: ['kiosk.main'] },
      content: { headline: 'Tea, {{ profile.traits.firstName | default: "stranger" }}?' },
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
  const decide = ({ anonymousId, token }: Pick<Visit, 'anonymousId' | 'token'>) =>
    core.call<{ offers: { content: { headline: string } }[] }>('/v1/decisions', {
      key: { bearer: token },
      body: { identifiers: { anonymousId }, channel: 'web', zones: [{ zone: 'kiosk.main' }] },
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
    clock.advance(2_000);
    expect((await decide(visit)).status).toBe(401);
    expect((await decide(touched.body)).status).toBe(200);
    clock.advance(60_000);
    expect((await touch(visit)).status).toBe(410);
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
