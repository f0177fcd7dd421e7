import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { startShop } from './shop.js';
import type { Shop } from './shop.js';

const ANN = 'ann@fieldnote.example';
const ORDER = {
  id: 'e1',
  at: '2027-01-02T10:00:00Z',
  kind: 'event',
  data: {
    name: 'Order Completed',
    properties: { order_id: 'FN-1', total: 20, currency: 'USD', products: [{ name: 'Ridge', quantity: 2 }] },
  },
};

describe('what customers see of themselves', () => {
  let hub: Server;
  let shop: Shop;
  let consents: Record<string, { status: string }>;
  let owner: string;
  let asked: { method: string; url: string; body: string }[];
  let streams: ServerResponse[];

  beforeEach(async () => {
    consents = {};
    owner = 'customer-ann';
    asked = [];
    streams = [];
    hub = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { method = '', url = '' } = request;
        asked.push({ method, url, body });
        if (url.startsWith('/v1/stream')) return void streams.push(response.writeHead(200));
        const identifiers = [{ namespace: 'user_id', value: owner, verified: true }];
        const profile = {
          id: 'p1',
          version: 1,
          identifiers,
          traits: { name: 'Ann' },
          consents,
          segments: [],
          computed: {},
        };
        const answer = url.includes('/timeline') ? { items: [ORDER] } : profile;
        if (method === 'PUT') consents = { email: { status: 'denied' } };
        response.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
    const hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
    const keys = {
      writeKey: 'public-key',
      serverKey: 'server-key',
      signingSecret: 'a-secret-of-enough-length',
    };
    shop = await startShop({ port: 0, hubUrl, ...keys }, tmpdir());
  });
  afterEach(async () => {
    await shop.stop();
    hub.closeAllConnections();
    await new Promise((resolve) => hub.close(resolve));
  });

  const call = (
    path: string,
    { body, cookie = '', method = 'POST' }: { body?: object; cookie?: string; method?: string } = {},
  ) =>
    fetch(`${shop.url}/shop/api/${path}`, {
      headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { method, body: JSON.stringify(body) }),
    });
  const signIn = async (): Promise<string> => {
    const response = await call('sign-in', { body: { email: ANN } });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  };

  it('are orders, as the hub has them', async () => {
    const answer = await call('orders', { cookie: await signIn() });
    const { items } = (await answer.json()) as { items: unknown[] };
    expect(items).toEqual([
      {
        orderId: 'FN-1',
        at: ORDER.at,
        total: 20,
        currency: 'USD',
        products: [{ name: 'Ridge', quantity: 2 }],
      },
    ]);
  });

  it('are preferences, and a refusal goes to the golden record with its proof', async () => {
    const cookie = await signIn();
    const all = { email: true, sms: true, web: true, call_center: true, profiling: true };
    expect(await (await call('preferences', { cookie })).json()).toEqual(all);
    const answer = await call('preferences', { cookie, method: 'PUT', body: { email: false } });
    expect(await answer.json()).toEqual({ ...all, email: false });
    const [put] = asked.filter(({ method }) => method === 'PUT');
    expect(put?.url).toBe('/v1/profiles/p1/consents');
    expect(JSON.parse(put?.body ?? '')).toEqual({
      consents: [
        { channel: 'email', status: 'denied', proof: { form: 'shop: preferences', method: 'switch' } },
      ],
    });
  });

  it.each(['orders', 'preferences'])('are nobody else’s: %s', async (path) => {
    const answer = await call(path);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'SHOP.NOT_SIGNED_IN' });
  });

  it('need the hub, and say so', async () => {
    const cookie = await signIn();
    hub.closeAllConnections();
    await new Promise((resolve) => hub.close(resolve));
    const answer = await call('orders', { cookie });
    expect(await answer.json()).toMatchObject({ status: 502, code: 'SHOP.HUB_AWAY' });
    hub.listen(0);
  });

  it('is what just happened, told anew when the hub’s stream says that something did', async () => {
    const stop = new AbortController();
    const answer = await fetch(`${shop.url}/shop/api/happenings?anonymousId=a-visitor-1`, {
      headers: { cookie: await signIn() },
      signal: stop.signal,
    });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const told = (await reader?.read())?.value ?? '';
    expect(told).toContain('event: happening');
    expect(told).toContain('"name":"Order Completed"');
    consents = { sms: { status: 'denied' } };
    while (streams.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    streams[0]?.write('event: events\ndata: {}\n\n');
    expect((await reader?.read())?.value).toContain('"sms":{"status":"denied"}');
    stop.abort();
  });

  it('shows nothing of a customer who is not signed in here', async () => {
    owner = 'customer-carl';
    const stop = new AbortController();
    const path = `${shop.url}/shop/api/happenings?anonymousId=a-visitor-1`;
    const answer = await fetch(path, { headers: { cookie: await signIn() }, signal: stop.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('event: happening\ndata: null\n\n');
    stop.abort();
  });
});
