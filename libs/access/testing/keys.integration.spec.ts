import { AuditLog } from '@repartee/governance';
import { install, type AccessApp, type Answer, type Installation } from './access-app.js';
import { accountOf, TestBrowser } from './test-browser.js';

const HOUR = 3_600_000;

describe('/v1/keys', () => {
  let installation: Installation;
  let running: AccessApp;
  let admin: string;
  beforeAll(async () => {
    installation = await install();
    running = await installation.start();
    admin = running.first.admin;
  });
  afterAll(() => installation.remove());

  const make = (body: object, key = admin): Promise<Answer> =>
    running.call('POST', '/v1/keys', { key, body });
  const works = async (key: string, on = running) =>
    (await on.call('GET', '/v1/things', { key })).status === 200;
  const secretOf = (answer: Answer) => String(answer.body['key']);

  it('is for administrators', async () => {
    for (const key of [undefined, running.first.write, running.first.server]) {
      expect((await running.call('GET', '/v1/keys', { key })).status).toBe(key === undefined ? 401 : 403);
      expect((await make({ kind: 'admin', name: 'Mine' }, key ?? '')).status).toBe(
        key === undefined ? 401 : 403,
      );
    }
  });

  it('makes a key that works at once and is shown once', async () => {
    const made = await make({ kind: 'server', name: 'CRM', source: 'crm' });
    expect(made).toMatchObject({
      status: 201,
      body: { kind: 'server', source: 'crm', scopes: ['*'], revokedAt: null },
    });
    expect(made.headers['cache-control']).toBe('no-store');
    const key = secretOf(made);
    expect(key).toMatch(/^rp_srv_[\w-]{43}$/);
    expect(await works(key)).toBe(true);
    const list = await running.call('GET', '/v1/keys', { key: admin });
    expect(JSON.stringify(list.body)).not.toContain(key);
    const rows = await installation.database.database.query(
      'SELECT row_to_json(s)::text AS row FROM access_key_secret s',
    );
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  it("gives a source's first public key the signing secret, and later ones none", async () => {
    const first = await make({
      kind: 'public',
      name: 'Shop',
      source: 'shop',
      allowedOrigins: ['https://Shop.example'],
    });
    expect(first.body).toMatchObject({ allowedOrigins: ['https://shop.example'] });
    expect(first.body['signingSecret']).toMatch(/^rp_sig_[\w-]{43}$/);
    const second = await make({ kind: 'public', name: 'Shop app', source: 'shop' });
    expect(second.body).not.toHaveProperty('signingSecret');
    const rotated = await running.call('POST', '/v1/keys/signing-secrets', {
      key: admin,
      body: { source: 'shop' },
    });
    expect(rotated).toMatchObject({ status: 201, body: { source: 'shop' } });
    expect(running.keys.signingSecretsOf('shop')).toEqual([
      rotated.body['signingSecret'],
      first.body['signingSecret'],
    ]);
    running.clock.advance(25 * HOUR);
    expect(running.keys.signingSecretsOf('shop')).toEqual([rotated.body['signingSecret']]);
  });

  it.each([
    [{}, '#/kind'],
    [{ kind: 'root', name: 'x' }, '#/kind'],
    [{ kind: 'admin', name: '' }, '#/name'],
    [{ kind: 'admin', name: 'a\u0007b' }, '#/name'],
    [{ kind: 'admin', name: 'x', scopes: [] }, '#/scopes'],
    [{ kind: 'admin', name: 'x', scopes: ['everything'] }, '#/scopes/0'],
    [{ kind: 'admin', name: 'x', source: '../etc' }, '#/source'],
    [{ kind: 'public', name: 'x', allowedOrigins: ['https://a.example', 'nonsense'] }, '#/allowedOrigins/1'],
    [{ kind: 'server', name: 'x', allowedOrigins: ['https://a.example'] }, '#/allowedOrigins'],
    [{ kind: 'server', name: 'x', expiresAt: 'tomorrow' }, '#/expiresAt'],
    [{ kind: 'server', name: 'x', id: 'mine' }, '#/id'],
  ])('refuses %j', async (body, pointer) => {
    const answer = await make(body);
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
  });

  it('rotates with an overlap', async () => {
    const made = await make({ kind: 'server', name: 'Rotating' });
    const rotate = (overlapSeconds: number) =>
      running.call('POST', `/v1/keys/${String(made.body['id'])}/rotate`, {
        key: admin,
        body: { overlapSeconds },
      });
    const rotated = await rotate(3600);
    expect(rotated).toMatchObject({ status: 201, body: { id: made.body['id'], expiresAt: null } });
    expect(rotated.body['secrets']).toHaveLength(2);
    expect([await works(secretOf(made)), await works(secretOf(rotated))]).toEqual([true, true]);
    running.clock.advance(HOUR - 1);
    expect(await works(secretOf(made))).toBe(true);
    running.clock.advance(1);
    expect([await works(secretOf(made)), await works(secretOf(rotated))]).toEqual([false, true]);
    const next = await rotate(0);
    expect([await works(secretOf(rotated)), await works(secretOf(next))]).toEqual([false, true]);
  });

  it('never prolongs a secret that ends sooner', async () => {
    const made = await make({ kind: 'server', name: 'Short' });
    const path = `/v1/keys/${String(made.body['id'])}/rotate`;
    await running.call('POST', path, { key: admin, body: { overlapSeconds: 60 } });
    await running.call('POST', path, { key: admin, body: { overlapSeconds: 3600 } });
    running.clock.advance(60_000);
    expect(await works(secretOf(made))).toBe(false);
  });

  it('revokes a key with all its secrets, for good', async () => {
    const made = await make({ kind: 'server', name: 'Leaked' });
    const path = `/v1/keys/${String(made.body['id'])}`;
    const rotated = await running.call('POST', `${path}/rotate`, { key: admin, body: {} });
    expect((await running.call('DELETE', path, { key: admin })).status).toBe(204);
    expect([await works(secretOf(made)), await works(secretOf(rotated))]).toEqual([false, false]);
    expect((await running.call('DELETE', path, { key: admin })).status).toBe(204);
    expect(await running.call('POST', `${path}/rotate`, { key: admin, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'ACCESS.KEY_REVOKED' },
    });
  });

  it('answers 404 for unknown keys and 400 for what is no id', async () => {
    const unknown = '/v1/keys/0199a000-0000-7000-8000-000000000000';
    expect((await running.call('DELETE', unknown, { key: admin })).status).toBe(404);
    expect((await running.call('POST', `${unknown}/rotate`, { key: admin, body: {} })).status).toBe(404);
    expect((await running.call('DELETE', '/v1/keys/1%20OR%201=1', { key: admin })).status).toBe(400);
  });

  it('lists in pages', async () => {
    const names: unknown[] = [];
    let cursor = '';
    for (;;) {
      const page = await running.call('GET', `/v1/keys?limit=2${cursor && `&cursor=${cursor}`}`, {
        key: admin,
      });
      const items = page.body['items'] as { name: string }[];
      expect(items.length).toBeLessThanOrEqual(2);
      names.push(...items.map(({ name }) => name));
      if (page.body['nextCursor'] === null) break;
      cursor = String(page.body['nextCursor']);
    }
    expect(names.slice(0, 3)).toEqual(['First public key', 'First admin key', 'First server key']);
    expect(new Set(names).size).toBe(names.length);
  });

  it('lets nobody give or take more than they have', async () => {
    const limited = secretOf(await make({ kind: 'admin', name: 'Keys only', scopes: ['keys:write'] }));
    const list = await running.call('GET', '/v1/keys', { key: admin });
    const [strongest] = (list.body['items'] as { id: string; name: string }[]).filter(({ name }) =>
      name.includes('admin'),
    );
    expect((await make({ kind: 'admin', name: 'More' }, limited)).status).toBe(403);
    const rotation = { key: limited, body: {} };
    expect((await running.call('POST', `/v1/keys/${strongest?.id}/rotate`, rotation)).status).toBe(403);
    expect((await make({ kind: 'admin', name: 'Less', scopes: ['keys:write'] }, limited)).status).toBe(201);
  });

  it('ends a key made with an expiry', async () => {
    const expiresAt = new Date(running.clock.now() + HOUR).toISOString();
    const made = await make({ kind: 'server', name: 'For an hour', expiresAt });
    expect(made.body['expiresAt']).toBe(expiresAt);
    expect(await works(secretOf(made))).toBe(true);
    running.clock.advance(HOUR);
    expect(await works(secretOf(made))).toBe(false);
  });

  it('remembers roughly when a key was used', async () => {
    const made = await make({ kind: 'server', name: 'Used' });
    await works(secretOf(made));
    const at = new Date(running.clock.now()).toISOString();
    await running.keys.recordUse();
    const list = await running.call('GET', '/v1/keys?limit=200', { key: admin });
    const items = list.body['items'] as { id: string; lastUsedAt: string | null }[];
    expect(items.find(({ id }) => id === made.body['id'])?.lastUsedAt).toBe(at);
  });

  it('holds a change in every process within five seconds', async () => {
    const other = await installation.start({}, running.clock);
    const made = await make({ kind: 'server', name: 'Everywhere' });
    const until = async (wanted: boolean) => {
      const start = Date.now();
      while ((await works(secretOf(made), other)) !== wanted) {
        if (Date.now() - start > 5000) throw new Error('not within five seconds');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(true);
    await running.call('DELETE', `/v1/keys/${String(made.body['id'])}`, { key: admin });
    await until(false);
  }, 15_000);

  it('notes who made, rotated and revoked which, without the secret', async () => {
    const made = await make({ kind: 'server', name: 'Noted', scopes: ['profiles:read'] });
    const id = String(made.body['id']);
    await running.call('POST', `/v1/keys/${id}/rotate`, { key: admin, body: { overlapSeconds: 60 } });
    await running.call('DELETE', `/v1/keys/${id}`, { key: admin });
    const entries = await running.get(AuditLog).read([`key/${id}`], { limit: 10 });
    expect(entries.map(({ action, detail }) => [action, detail]).reverse()).toEqual([
      ['configure', { made: 'server', scopes: ['profiles:read'] }],
      ['configure', { rotated: true, overlapSeconds: 60 }],
      ['configure', { revoked: true }],
    ]);
    expect(new Set(entries.map(({ actor }) => actor)).size).toBe(1);
  });

  it('gives an integrator keys of servers and shops, and of administrators none beyond their own roles', async () => {
    await accountOf(running, 'integrator@example.test', ['integrator']);
    const browser = new TestBrowser(running);
    await browser.signIn('integrator@example.test');
    const ask = (body: object) => browser.call('POST', '/v1/keys', { body });
    expect((await ask({ kind: 'server', name: 'CRM' })).status).toBe(201);
    expect((await ask({ kind: 'public', name: 'Shop' })).status).toBe(201);
    expect((await ask({ kind: 'admin', name: 'CI', scopes: ['sources:write'] })).status).toBe(201);
    expect((await ask({ kind: 'admin', name: 'All' })).status).toBe(403);
    expect((await ask({ kind: 'admin', name: 'Catalogue', scopes: ['accounts:write'] })).status).toBe(403);
    const { id } = (await make({ kind: 'admin', name: 'Root' })).body;
    expect((await browser.call('POST', `/v1/keys/${String(id)}/rotate`, { body: {} })).status).toBe(403);
    expect((await browser.call('DELETE', `/v1/keys/${String(id)}`)).status).toBe(403);
  });
});
