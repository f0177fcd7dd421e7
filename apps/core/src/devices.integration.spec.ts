import { ManualClock } from '@repartee/platform/testing';
import { type CoreUnderTest, startCore } from './testing/start-core.js';

interface Pairing {
  code: string;
  pollToken: string;
}
interface Polled {
  status: string;
  credential: string;
  device: { id: string; zones: string[] };
}
const PLACE = { name: 'Lobby', place: 'Main hall', zones: ['kiosk.main'] };
const MINUTE = 60_000;

describe('devices', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.parse('2027-03-01T15:00:00Z'));
  const ask = async () => (await core.call<Pairing>('/v1/devices/pairings', { key: null })).body;
  const approve = (code: string, body: object = PLACE) =>
    core.call(`/v1/devices/pairings/${code}/approve`, { key: 'admin', body });
  const poll = ({ pollToken }: Pairing) =>
    core.call<Polled>('/v1/devices/pairings/poll', { key: { bearer: pollToken } });
  const me = async (credential: string) =>
    (await core.call('GET /v1/devices/me', { key: { bearer: credential } })).status;
  const rotate = async (credential: string) =>
    (await core.call<Polled>('/v1/devices/me/rotate', { key: { bearer: credential } })).body.credential;
  const paired = async () => {
    const pairing = await ask();
    await approve(pairing.code);
    return (await poll(pairing)).body;
  };

  beforeAll(async () => {
    core = await startCore({ clock });
  });
  beforeEach(() => clock.advance(11 * MINUTE));
  afterAll(() => core.stop());

  it('get their credential once, after an administrator typed their code', async () => {
    const pairing = await ask();
    expect((await poll(pairing)).body).toEqual({ status: 'pending' });
    const approved = await approve(pairing.code.toLowerCase().replace('-', ''));
    expect([approved.status, approved.body]).toMatchObject([201, { ...PLACE, revokedAt: null }]);
    const { body } = await poll(pairing);
    expect(body).toMatchObject({ status: 'approved', device: PLACE });
    expect((await poll(pairing)).status).toBe(401);
    expect(await me(body.credential)).toBe(200);
    const stored = await core.database.query('SELECT * FROM device_credential');
    expect(JSON.stringify(stored)).not.toContain(body.credential);
  });

  it('hand one credential to polls that race', async () => {
    const pairing = await ask();
    await approve(pairing.code);
    const answers = await Promise.all(Array.from({ length: 8 }, () => poll(pairing)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('have codes that work once, for ten minutes, for administrators', async () => {
    const { code } = await ask();
    const asServer = await core.call(`/v1/devices/pairings/${code}/approve`, { body: PLACE });
    expect(asServer.status).toBe(403);
    const both = await Promise.all([approve(code), approve(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 404]);
    const late = await ask();
    clock.advance(10 * MINUTE);
    expect((await approve(late.code)).body.code).toBe('DEVICE.UNKNOWN_CODE');
    expect((await poll(late)).status).toBe(401);
    expect((await approve('AAAA-AAAA')).status).toBe(404);
    expect((await approve(code, { ...PLACE, zones: ['home.hero'] })).status).toBe(400);
  });

  it('cannot flood the installation with codes', async () => {
    const statuses: number[] = [];
    for (let one = 0; one < 12; one += 1)
      statuses.push((await core.call('/v1/devices/pairings', { key: null })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(201), 429, 429]);
  });

  it('rotate: the old credential works until the new one is used', async () => {
    const { credential } = await paired();
    const lost = await rotate(credential);
    const next = await rotate(credential);
    expect(await me(lost)).toBe(401);
    expect(await me(credential)).toBe(200);
    expect(await me(next)).toBe(200);
    expect(await me(credential)).toBe(401);
    expect(await me(next)).toBe(200);
  });

  it('are revoked when two hold their credentials', async () => {
    const { credential: stolen, device } = await paired();
    expect(await me(stolen)).toBe(200);
    const thiefs = await rotate(stolen);
    expect(await me(thiefs)).toBe(200);
    clock.advance(2 * MINUTE);
    expect(await me(stolen)).toBe(401);
    expect(await me(thiefs)).toBe(401);
    const { body } = await core.call<{ items: { id: string }[] }>('GET /v1/devices', { key: 'admin' });
    expect(body.items.find(({ id }) => id === device.id)).toMatchObject({ revokedBy: 'reuse' });
  });

  it('are shut out at once', async () => {
    const { credential, device } = await paired();
    const revoke = () => core.call(`DELETE /v1/devices/${device.id}`, { key: 'admin' });
    expect(await me(credential)).toBe(200);
    expect((await revoke()).status).toBe(204);
    expect(await me(credential)).toBe(401);
    expect((await revoke()).status).toBe(404);
  });

  it.each(['', 'rp_dev_', `rp_dev_${'A'.repeat(43)}`, 'x'.repeat(5000)])(
    'are not let in by %j',
    async (bearer) => {
      expect(await me(bearer)).toBe(401);
    },
  );
});
