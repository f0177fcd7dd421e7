import { install, type AccessApp, type Installation } from './access-app.js';
import { SessionTokens } from '../src/index.js';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';

describe('origins', () => {
  let installation: Installation;
  let running: AccessApp;
  let shopKey: string;
  let shopSession: string;
  beforeAll(async () => {
    installation = await install();
    running = await installation.start();
    const body = { kind: 'public', name: 'Shop', source: 'shop', allowedOrigins: [SHOP] };
    const made = await running.call('POST', '/v1/keys', { key: running.first.admin, body });
    shopKey = String(made.body['key']);
    shopSession = running.get(SessionTokens).issue({ source: 'shop', anonymousId: 'anon-1' }).token;
  });
  afterAll(() => installation.remove());

  const from = (origin: string, key: string) =>
    running.call('GET', '/v1/things', { key, headers: { origin } });
  const preflight = (origin: string, headers: Record<string, string> = {}, url = '/v1/things') =>
    running.call('OPTIONS', url, {
      headers: { origin, 'access-control-request-method': 'POST', ...headers },
    });

  it('binds public keys and sessions to the origins of the key', async () => {
    for (const key of [shopKey, shopSession]) {
      const answer = await from(SHOP, key);
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': SHOP, vary: 'Origin' });
      for (const origin of [
        EVIL,
        'null',
        'http://shop.example',
        'http://localhost:5173',
        `${SHOP}, ${EVIL}`,
      ]) {
        expect(await from(origin, key)).toMatchObject({
          status: 403,
          body: { code: 'ACCESS.ORIGIN_NOT_ALLOWED' },
        });
      }
    }
  });

  it('lets a page that is refused read why, when its origin is another key’s', async () => {
    const { headers } = await from('http://localhost:5173', shopKey);
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect((await from(EVIL, shopKey)).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('lets servers and apps pass, which send no Origin', async () => {
    expect((await running.call('GET', '/v1/things', { key: shopKey })).status).toBe(200);
    expect((await running.call('GET', '/v1/things', { key: shopSession })).status).toBe(200);
  });

  it('does not ask secret keys where they come from, but gives foreign pages no answer to read', async () => {
    const answer = await from(EVIL, running.first.server);
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('lets our own pages pass: the host that was called, or the public address', async () => {
    const headers = { origin: 'http://hub.local:4000', host: 'hub.local:4000' };
    expect((await running.call('GET', '/v1/things', { key: shopKey, headers })).status).toBe(200);
    expect((await from('https://hub.example.org', shopKey)).status).toBe(200);
  });

  it('starts with a public key for our own pages and localhost', async () => {
    for (const origin of [
      'https://hub.example.org',
      'http://localhost:3000',
      'http://127.0.0.1:8080',
      'http://localhost',
    ]) {
      expect((await from(origin, running.first.write)).status).toBe(200);
    }
    expect((await from(SHOP, running.first.write)).status).toBe(403);
  });

  it('answers preflights for every origin that some public key allows', async () => {
    const answer = await preflight(SHOP, { 'access-control-request-headers': 'authorization,content-type' });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers',
    });
    expect(answer.headers['access-control-allow-methods']).toContain('POST');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await preflight(SHOP, {}, '/v1/t')).status).toBe(204);
    expect((await preflight(SHOP, {}, '/sourceConfig/?writeKey=x')).status).toBe(204);
  });

  it('refuses preflights of others, and of paths that are not for browsers elsewhere', async () => {
    const answer = await preflight(EVIL);
    expect(answer).toMatchObject({ status: 403, body: { code: 'ACCESS.ORIGIN_NOT_ALLOWED' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect((await preflight(SHOP, {}, '/metrics')).headers['access-control-allow-origin']).toBeUndefined();
    expect((await preflight(SHOP, {}, '/v1evil')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('reflects only names of headers', async () => {
    for (const names of ['a\tb', 'authorization;', 'x, ,y', 'x'.repeat(2000)]) {
      const { headers } = await preflight(SHOP, { 'access-control-request-headers': names });
      expect(headers['access-control-allow-headers']).toBeUndefined();
    }
  });

  it('forgets the origins of a revoked key', async () => {
    const key = running.first.admin;
    const body = { kind: 'public', name: 'Old shop', source: 'old', allowedOrigins: ['https://old.example'] };
    const made = await running.call('POST', '/v1/keys', { key, body });
    const { token } = running.get(SessionTokens).issue({ source: 'old', anonymousId: 'anon-2' });
    expect((await preflight('https://old.example')).status).toBe(204);
    expect((await from('https://old.example', token)).status).toBe(200);
    await running.call('DELETE', `/v1/keys/${String(made.body['id'])}`, { key });
    expect((await preflight('https://old.example')).status).toBe(403);
    expect((await from('https://old.example', token)).status).toBe(403);
  });

  it('allows everyone only by an explicit *', async () => {
    const body = { kind: 'public', name: 'Anywhere', source: 'anywhere', allowedOrigins: ['*'] };
    const made = await running.call('POST', '/v1/keys', { key: running.first.admin, body });
    expect((await from('null', String(made.body['key']))).status).toBe(200);
    expect((await preflight(EVIL)).headers['access-control-allow-origin']).toBe(EVIL);
    expect((await from(EVIL, shopKey)).status).toBe(403);
  });
});
