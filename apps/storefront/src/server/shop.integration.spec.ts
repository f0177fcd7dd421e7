import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { jwtVerify } from 'jose';
import { catalogue } from '../catalogue/catalogue.js';
import type { SignedIn } from '../catalogue/product.js';
import { startShop } from './shop.js';
import type { Shop } from './shop.js';

interface HubCall {
  authorization: string | undefined;
  prefer: string | undefined;
  events: Record<string, unknown>[];
}

describe('the shop server', () => {
  const secret = 'a-signing-secret-of-enough-length';
  let calls: HubCall[];
  const clockAhead = 3_600_000;
  let hub: Server;
  let shop: Shop;

  beforeEach(async () => {
    calls = [];
    hub = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        if (request.method === 'GET') return void response.end(JSON.stringify({ ahead: clockAhead }));
        const { batch } = JSON.parse(text) as { batch: Record<string, unknown>[] };
        const prefer = request.headers['prefer'];
        calls.push({ authorization: request.headers.authorization, prefer: String(prefer), events: batch });
        response.end('{"success":true}');
      });
    });
    await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
    shop = await startShop(
      {
        port: 0,
        hubUrl: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`,
        writeKey: 'public-key',
        serverKey: 'server-key',
        signingSecret: secret,
      },
      tmpdir(),
    );
  });
  afterEach(async () => {
    await shop.stop();
    await new Promise((resolve) => hub.close(resolve));
  });

  const post = (path: string, body: unknown, cookie?: string): Promise<Response> =>
    fetch(`${shop.url}/shop/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    });
  const get = (path: string, cookie = ''): Promise<Response> =>
    fetch(`${shop.url}/shop/api/${path}`, { headers: { cookie } });
  const signIn = async (email: string): Promise<{ answer: SignedIn; cookie: string }> => {
    const response = await post('sign-in', { email, anonymousId: 'visitor-1' });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { answer: (await response.json()) as SignedIn, cookie };
  };
  const anOrder = {
    anonymousId: 'visitor-1',
    cartId: 'cart-1',
    lines: [{ productId: 'ridge', quantity: 2 }],
    total: 37,
  };

  it('hands out the catalogue and the public key alone', async () => {
    const products = (await (await get('products')).json()) as { items: unknown[] };
    expect(products.items).toHaveLength(catalogue.length);
    const config = await (await get('config')).text();
    expect(JSON.parse(config)).toEqual({ host: '', writeKey: 'public-key' });
  });

  it('signs in, proves it to the hub and remembers it', async () => {
    const response = await post('sign-in', {
      email: ' ANN.lee@example.org'.trim(),
      anonymousId: 'visitor-1',
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; Path=\/shop; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    const { user, userToken } = (await response.json()) as SignedIn;
    expect(user).toMatchObject({ email: 'ann.lee@example.org', name: 'Ann Lee' });
    expect(user.phone).toMatch(/^\+1\d{3}55501\d{2}$/);

    const { payload } = await jwtVerify(userToken, new TextEncoder().encode(secret));
    expect(payload.sub).toBe(user.id);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(30 * 60);

    expect(calls).toHaveLength(1);
    expect(calls[0]?.authorization).toBe(`Basic ${Buffer.from('server-key:').toString('base64')}`);
    expect(calls[0]?.prefer).toBe('visible, wait=2');
    expect(calls[0]?.events).toMatchObject([
      {
        type: 'identify',
        userId: user.id,
        anonymousId: 'visitor-1',
        traits: { email: 'ann.lee@example.org', name: 'Ann Lee', phone: user.phone },
      },
    ]);

    const me = (await (await get('me', cookie.split(';')[0])).json()) as SignedIn;
    expect(me.user).toEqual(user);
  });

  it('gives one address one user id, and forged or foreign cookies none', async () => {
    const first = await signIn('bob@example.org');
    const second = await signIn('Bob@Example.org');
    expect(second.answer.user.id).toBe(first.answer.user.id);

    expect((await get('me')).status).toBe(204);
    expect((await get('me', `${first.cookie.slice(0, -3)}abc`)).status).toBe(204);
    expect((await get('me', `shop_session=${first.answer.userToken}`)).status).toBe(204);
  });

  it('signs out', async () => {
    const { cookie } = await signIn('bob@example.org');
    const response = await fetch(`${shop.url}/shop/api/sign-out`, { method: 'POST', headers: { cookie } });
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it('takes an order and tells the hub about it', async () => {
    const { answer, cookie } = await signIn('bob@example.org');
    const response = await post('orders', { ...anOrder, offers: ['cart-tasting-pack'] }, cookie);
    expect(response.status).toBe(201);
    const order = (await response.json()) as { orderId: string };
    expect(order).toMatchObject({ total: 37, currency: 'USD' });
    expect(calls.at(-1)?.events).toMatchObject([
      {
        type: 'track',
        event: 'Order Completed',
        userId: answer.user.id,
        anonymousId: 'visitor-1',
        properties: {
          order_id: order.orderId,
          total: 37,
          currency: 'USD',
          coupon: 'cart-tasting-pack',
          products: [{ product_id: 'ridge', sku: 'CF-RIDGE-250', price: 18.5, quantity: 2 }],
        },
      },
    ]);
  });

  it('takes an order of someone who is not signed in', async () => {
    expect((await post('orders', anOrder)).status).toBe(201);
    expect(calls.at(-1)?.events[0]?.['userId']).toBeFalsy();
  });

  it.each([
    ['a price the catalogue does not have', { ...anOrder, total: 1 }, 409, 'SHOP.PRICE_CHANGED', '#/total'],
    [
      'an unknown product',
      { ...anOrder, lines: [{ productId: 'yacht', quantity: 1 }] },
      422,
      'SHOP.UNKNOWN_PRODUCT',
      '#/lines/0/productId',
    ],
    [
      'less than one piece',
      { ...anOrder, lines: [{ productId: 'ridge', quantity: -1 }] },
      400,
      'SHOP.BAD_REQUEST',
      '#/lines/0/quantity',
    ],
    ['an empty cart', { ...anOrder, lines: [] }, 400, 'SHOP.BAD_REQUEST', '#/lines'],
    ['a number in words', { ...anOrder, total: '37' }, 400, 'SHOP.BAD_REQUEST', '#/total'],
  ])('refuses %s', async (_case, body, status, code, pointer) => {
    const response = await post('orders', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code, errors: [{ pointer }] });
    expect(calls).toHaveLength(0);
  });

  it.each([
    ['empty', ''],
    ['without a host', 'ann'],
    ['without a domain', 'a@b'],
    ['with a space', 'two words@example.org'],
    ['of 5,000 characters', `${'x'.repeat(5000)}@example.org`],
  ])('refuses an address %s', async (_case, email) => {
    expect((await post('sign-in', { email })).status).toBe(400);
  });

  it('refuses malformed JSON and too much of it', async () => {
    const send = (body: string): Promise<Response> =>
      fetch(`${shop.url}/shop/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await send('{')).status).toBe(400);
    expect((await send(JSON.stringify({ email: 'x'.repeat(40_000) }))).status).toBe(413);
  });

  it('slows down a caller who posts without pause', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => post('sign-in', { email: '' })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('still sells while the hub is away, and tells it later', async () => {
    const { port } = hub.address() as AddressInfo;
    await new Promise((resolve) => {
      hub.closeAllConnections();
      hub.close(resolve);
    });
    expect((await post('orders', anOrder)).status).toBe(201);
    await new Promise<void>((resolve) => hub.listen(port, '127.0.0.1', resolve));
    const deadline = Date.now() + 10_000;
    while (calls.length === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls[0]?.events).toMatchObject([{ event: 'Order Completed' }]);
  }, 20_000);
});
