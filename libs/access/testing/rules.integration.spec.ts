import { KeyAdministration } from '../src/api/key-administration.js';
import { Keys, routesWithoutRule, SessionTokens } from '../src/index.js';
import { install, type AccessApp, type Installation } from './access-app.js';

const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(`${user}:`).toString('base64')}` });
const admin = { kind: 'admin', keyId: 'test', source: 'default', scopes: ['*'] } as const;

describe('who may call', () => {
  let installation: Installation;
  let running: AccessApp;
  beforeAll(async () => {
    installation = await install();
    running = await installation.start();
  });
  afterAll(() => installation.remove());

  it('closes a route that has no rule, and lists it', async () => {
    expect(await running.call('GET', '/v1/forgotten', { key: running.first.admin })).toMatchObject({
      status: 403,
      body: { code: 'ACCESS.FORBIDDEN' },
    });
    expect(routesWithoutRule(running.app)).toEqual(['ForgottenController.forgotten']);
  });

  it('leaves open what is open by design, whatever the credentials', async () => {
    expect((await running.call('GET', '/v1/things/open')).status).toBe(200);
    expect((await running.call('GET', '/v1/things/open', { key: 'nonsense' })).status).toBe(200);
  });

  it('tells the route who calls', async () => {
    const { write, server, admin: adminKey } = running.first;
    for (const [key, kind] of [
      [write, 'public'],
      [server, 'server'],
      [adminKey, 'admin'],
    ] as const) {
      expect(await running.call('GET', '/v1/things', { key })).toMatchObject({
        status: 200,
        body: { kind, source: 'default', scopes: ['*'] },
      });
    }
  });

  it('answers 401 without a key or with a wrong one, 403 with one that may not', async () => {
    const nobody = await running.call('POST', '/v1/things', { body: {} });
    expect(nobody).toMatchObject({ status: 401, body: { code: 'ACCESS.UNAUTHENTICATED' } });
    expect(nobody.headers['www-authenticate']).toBe('Bearer');
    expect((await running.call('POST', '/v1/things', { key: 'rp_srv_wrong', body: {} })).status).toBe(401);
    expect(await running.call('POST', '/v1/things', { key: running.first.write, body: {} })).toMatchObject({
      status: 403,
      body: { code: 'ACCESS.FORBIDDEN' },
    });
    expect((await running.call('POST', '/v1/things', { key: running.first.server, body: {} })).status).toBe(
      201,
    );
    expect((await running.call('POST', '/v1/things', { key: running.first.admin, body: {} })).status).toBe(
      201,
    );
  });

  it('takes Basic with a public or server key where public keys may call, and nowhere else', async () => {
    const { write, server, admin: adminKey } = running.first;
    const events = (headers: Record<string, string>) =>
      running.call('POST', '/v1/things/events', { headers, body: {} });
    expect((await events(basic(write))).body).toMatchObject({ kind: 'public' });
    expect((await events(basic(server))).body).toMatchObject({ kind: 'server' });
    expect((await events(basic(adminKey))).status).toBe(401);
    expect((await running.call('POST', '/v1/things', { headers: basic(server), body: {} })).status).toBe(401);
  });

  it('finds the write key in a parsed body, and leaves a raw one to the handler', async () => {
    const { write, server } = running.first;
    const events = (body: unknown) => running.call('POST', '/v1/things/events', { body });
    expect((await events({ writeKey: write })).body).toMatchObject({ kind: 'public' });
    expect((await events({ writeKey: server })).status).toBe(401);
    for (const writeKey of [null, 42, {}, [], '', 'x'.repeat(100_000), '__proto__']) {
      expect((await events({ writeKey })).status).toBe(401);
    }
    expect((await running.call('POST', '/v1/things', { body: { writeKey: write } })).status).toBe(401);
    const raw = (options: object) =>
      running.call('POST', '/v1/things/raw', { body: { writeKey: write }, ...options });
    expect((await raw({})).body).toEqual({ caller: null, raw: true });
    expect((await raw({ key: server })).body).toMatchObject({ caller: { kind: 'server' }, raw: true });
    expect((await raw({ key: 'rp_srv_wrong' })).status).toBe(401);
  });

  it('holds limited keys to their scopes', async () => {
    const made = await running
      .get(KeyAdministration)
      .create(
        { kind: 'server', name: 'Events only', source: 'crm', scopes: ['events:write'], allowedOrigins: [] },
        admin,
      );
    const { key } = (made as Extract<typeof made, { ok: true }>).value;
    expect((await running.call('POST', '/v1/things/events', { key, body: {} })).body).toMatchObject({
      source: 'crm',
    });
    const refused = await running.call('GET', '/v1/things', { key });
    expect(refused).toMatchObject({ status: 403, body: { code: 'ACCESS.FORBIDDEN' } });
    expect(refused.body['detail']).toContain('things:read');
  });

  it('takes a session token for its one visitor, for twelve hours', async () => {
    const sessions = running.get(SessionTokens);
    const { token, expiresAt } = sessions.issue({ source: 'default', anonymousId: 'anon-1', userId: '42' });
    expect(expiresAt.getTime()).toBe(running.clock.now() + 12 * 3_600_000);
    expect((await running.call('GET', '/v1/things', { key: token })).body).toEqual({
      kind: 'session',
      keyId: 'session:anon-1',
      source: 'default',
      scopes: ['*'],
      anonymousId: 'anon-1',
      userId: '42',
    });
    expect((await running.call('POST', '/v1/things', { key: token, body: {} })).status).toBe(403);
    running.clock.set(expiresAt.getTime() - 1);
    expect((await running.call('GET', '/v1/things', { key: token })).status).toBe(200);
    running.clock.set(expiresAt.getTime());
    expect((await running.call('GET', '/v1/things', { key: token })).status).toBe(401);
    expect((await running.call('GET', '/v1/things', { key: `${token.slice(0, -1)}!` })).status).toBe(401);
  });

  it('tells ingestion the same', () => {
    const keys = running.get(Keys);
    const { write, server } = running.first;
    expect(keys.authenticatePublic(write)).toMatchObject({ ok: true, value: { kind: 'public' } });
    expect(keys.authenticatePublic(server)).toMatchObject({ ok: false, failure: { status: 401 } });
    expect(keys.authenticateAuthorization(basic(server).authorization)).toMatchObject({
      value: { kind: 'server' },
    });
    expect(keys.authenticateAuthorization(undefined)).toMatchObject({
      failure: { code: 'ACCESS.UNAUTHENTICATED' },
    });
  });
});
