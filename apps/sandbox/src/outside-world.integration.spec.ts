import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SimulatedCall } from './calls/call.js';
import { startSandbox, type Sandbox } from './sandbox.js';
import { startTelephonyHub } from './testing/telephony-hub.js';

const KEY = 'a-signing-key-of-the-tests';

describe('the outside world', () => {
  let hub: Awaited<ReturnType<typeof startTelephonyHub>>;
  let sandbox: Sandbox;
  let clientFolder: string;

  beforeEach(async () => {
    hub = await startTelephonyHub(KEY);
    clientFolder = mkdtempSync(join(tmpdir(), 'repartee-sandbox-'));
    sandbox = await startSandbox({
      port: 0,
      smtpPort: 0,
      clientFolder,
      twilio: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'sandbox', pace: 5 },
      cti: { url: `${hub.url}/cti`, key: KEY },
    });
  });
  afterEach(async () => {
    await sandbox.stop();
    await hub.stop();
    rmSync(clientFolder, { recursive: true });
  });

  const call = async <T = { code: string }>(method: string, path: string, body?: unknown, headers = {}) => {
    const answer = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T };
  };
  const ring = async (number: string | null, queue = 'calls') =>
    (await call<SimulatedCall>('POST', 'api/calls', { number, queue })).body;

  describe('calls', () => {
    it('ring, are answered, go on to another queue and end, each reported and signed', async () => {
      sandbox.connect({ url: hub.url, key: 'admin-key' });
      const { id } = await ring('+12065550142');
      await call('POST', `api/calls/${id}/answer`, { agent: 'bea' });
      await call('POST', `api/calls/${id}/transfer`, { queue: 'sales' });
      const { body } = await call<SimulatedCall>('POST', `api/calls/${id}/hang-up`);
      expect(body).toMatchObject({ state: 'ended', queue: 'sales', transfers: 1, number: '+12065550142' });
      expect(hub.reports.map(({ event }) => event)).toEqual(['started', 'answered', 'transferred', 'ended']);
      expect(hub.reports[0]).toMatchObject({ callId: id, number: '+12065550142', queue: 'calls' });
      expect(new Set(hub.reports.map(({ eventId }) => eventId)).size).toBe(4);
    });

    it('are told at the hub’s time, so that they are heard when it was moved', async () => {
      sandbox.connect({ url: hub.url, key: 'admin-key' });
      await call('POST', 'api/clock/forward', { by: '1h' });
      await ring(null);
      expect(hub.reports).toMatchObject([{ event: 'started', number: null }]);
      expect(Date.parse(hub.reports[0]?.at ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    });

    it('stay as they are when the hub does not take the report', async () => {
      const { id } = await ring('+12065550142');
      hub.state.status = 500;
      expect(await call('POST', `api/calls/${id}/hang-up`)).toMatchObject({
        status: 502,
        body: { code: 'SANDBOX.CALL_REFUSED' },
      });
      const { body } = await call<{ items: SimulatedCall[] }>('GET', 'api/calls');
      expect(body.items).toMatchObject([{ id, state: 'ringing' }]);
    });

    it('say what nobody can call', async () => {
      for (const number of ['0800', '+1', 7]) {
        const answer = await call('POST', 'api/calls', { number });
        expect(answer).toMatchObject({ status: 400, body: { code: 'SANDBOX.BAD_REQUEST' } });
      }
      expect((await call('POST', 'api/calls/none/hang-up')).status).toBe(404);
    });
  });

  it('has no clock and no kiosks without a hub', async () => {
    for (const path of ['api/clock', 'api/kiosks'])
      expect(await call('GET', path)).toMatchObject({ status: 503, body: { code: 'SANDBOX.NO_HUB' } });
  });

  it('lets a kiosk in by its code, however it is typed', async () => {
    sandbox.connect({ url: hub.url, key: 'admin-key' });
    const body = { code: 'bcdfghjk', name: 'Door', place: 'Harbour Street' };
    expect((await call('POST', 'api/kiosks', body)).status).toBe(201);
    expect(hub.asked.at(-1)).toBe(
      'POST /v1/devices/pairings/BCDF-GHJK/approve Bearer admin-key {"name":"Door","place":"Harbour Street","zones":["kiosk.main"],"idleSeconds":90}',
    );
  });

  it('is changed by its own pages and by programs, not by other sites', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await call('POST', 'api/calls', { number: null }, { 'sec-fetch-site': site });
      expect(answer).toMatchObject({ status: 403, body: { code: 'SANDBOX.OTHER_SITE' } });
    }
    const answer = await call('POST', 'api/calls', { number: null }, { 'sec-fetch-site': 'same-origin' });
    expect(answer.status).toBe(201);
  });

  describe('the mail server', () => {
    const send = () => {
      const { host, port } = sandbox.smtp;
      const transport = createTransport({ host, port, secure: false, ignoreTLS: true, socketTimeout: 400 });
      const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'Hello', text: 'Hello' };
      return transport.sendMail(mail).finally(() => transport.close());
    };
    const kept = async () => (await call<{ total: number }>('GET', 'api/messages')).body.total;
    const faults = (change: object) => call('PUT', 'api/smtp/faults', change);

    it.each([
      ['tryLater', 451, 0],
      ['serverError', 554, 0],
    ])('refuses with %s', async (fault, responseCode, total) => {
      await faults({ [fault]: 1 });
      await expect(send()).rejects.toMatchObject({ responseCode });
      expect(await kept()).toBe(total);
      await faults({ [fault]: 0 });
      await send();
      expect(await kept()).toBe(total + 1);
    });

    it.each([
      ['hang', 0],
      ['silentAfterAccept', 1],
    ])('leaves without an answer with %s', async (fault, total) => {
      await faults({ [fault]: 1 });
      await expect(send()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
      expect(await kept()).toBe(total);
    });

    it('refuses switches it does not have', async () => {
      expect((await faults({ latency: -1 })).status).toBe(400);
      expect((await faults({ hang: 2 })).status).toBe(400);
    });
  });

  describe('its pages', () => {
    const rooms = ['', '/phones', '/story', '/calls', '/kiosk', '/clock', '/faults'];
    it.each([
      ['th-TH,th;q=0.9', '', 'th'],
      ['de,ru;q=0.5', '', 'ru'],
      ['de', '', 'en'],
      ['ru', 'repartee_lang=th', 'th'],
      ['en', 'repartee_lang=xx', 'en'],
    ])('speak to who asks for %p with %p', async (accepted, cookie, language) => {
      for (const room of rooms) {
        const page = await fetch(`${sandbox.url}/sandbox${room}`, {
          headers: { 'accept-language': accepted, cookie },
        });
        const text = await page.text();
        expect(text).toContain(`<html lang="${language}">`);
        expect(text.match(/aria-current="page"/g)).toHaveLength(1);
      }
    });
  });
});
