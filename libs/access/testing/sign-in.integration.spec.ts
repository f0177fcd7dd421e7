import { AuditLog } from '@repartee/governance';
import { ABSOLUTE_LIFETIME_MS, IDLE_LIFETIME_MS } from '../src/domain/index.js';
import { install, type AccessApp, type Installation } from './access-app.js';
import { accountOf, cookiesOf, OWN_ORIGIN, PASSWORD, TestBrowser } from './test-browser.js';

const ANN = 'ann@example.test';

describe('signing in', () => {
  let installation: Installation;
  let app: AccessApp;
  let annsId: string;
  beforeAll(async () => {
    installation = await install();
    app = await installation.start();
    annsId = await accountOf(app, ANN, ['agent']);
  });
  afterAll(() => installation.remove());

  const signedIn = async (email = ANN) => {
    const browser = new TestBrowser(app);
    expect((await browser.signIn(email)).status).toBe(201);
    return browser;
  };

  it('tells who one is, and gives a cookie that scripts and other sites do not get', async () => {
    const browser = new TestBrowser(app);
    const answer = await browser.signIn(' Ann@Example.TEST ');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      account: { id: annsId, email: ANN, name: 'Somebody' },
      roles: ['agent'],
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    const [session] = cookiesOf(answer);
    expect(session).toMatchObject({
      name: '__Host-repartee_session',
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      path: '/',
    });
    expect(session).not.toHaveProperty('domain');
    const me = await browser.call('GET', '/v1/sessions/me');
    expect([me.status, me.body]).toEqual([200, answer.body]);
  });

  it('stores nothing with which somebody could sign in', async () => {
    const browser = await signedIn();
    const token = browser.jar.get('__Host-repartee_session') ?? '';
    for (const table of ['account', 'account_session', 'account_link', 'sign_in_try']) {
      const rows = await installation.database.database.query(`SELECT * FROM ${table}`);
      const text = JSON.stringify(rows);
      expect(text).not.toContain(token);
      expect(text).not.toContain(browser.csrfToken);
      expect(text).not.toContain(PASSWORD);
    }
    const [row] = await installation.database.database.query<{ hash: string }>(
      'SELECT password_hash AS hash FROM account WHERE id = $1',
      [annsId],
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('ends the session that the browser had: nobody can plant one', async () => {
    const browser = await signedIn();
    const planted = browser.jar.get('__Host-repartee_session') ?? '';
    await browser.signIn(ANN);
    expect(browser.jar.get('__Host-repartee_session')).not.toBe(planted);
    const answer = await app.call('GET', '/v1/sessions/me', {
      headers: { cookie: `__Host-repartee_session=${planted}` },
    });
    expect(answer.status).toBe(401);
    const chosen = new TestBrowser(app);
    chosen.jar.set('__Host-repartee_session', 'A'.repeat(43));
    await chosen.signIn(ANN);
    expect(chosen.jar.get('__Host-repartee_session')).not.toBe('A'.repeat(43));
  });

  it('lasts while one does something, and a shift at most', async () => {
    const browser = await signedIn();
    const me = () => browser.call('GET', '/v1/sessions/me').then(({ status }) => status);
    app.clock.advance(IDLE_LIFETIME_MS - 1);
    expect(await me()).toBe(200);
    app.clock.advance(IDLE_LIFETIME_MS);
    expect(await me()).toBe(401);
    const busy = await signedIn();
    for (
      let passed = 0;
      passed < ABSOLUTE_LIFETIME_MS - IDLE_LIFETIME_MS / 2;
      passed += IDLE_LIFETIME_MS / 2
    ) {
      expect((await busy.call('GET', '/v1/sessions/me')).status).toBe(200);
      app.clock.advance(IDLE_LIFETIME_MS / 2);
    }
    app.clock.advance(IDLE_LIFETIME_MS / 2);
    expect((await busy.call('GET', '/v1/sessions/me')).status).toBe(401);
  });

  it('can be ended: here, in another browser, everywhere', async () => {
    const [here, there, third] = [await signedIn(), await signedIn(), await signedIn()];
    const listed = await here.call('GET', '/v1/sessions');
    const items = listed.body['items'] as { id: string; current: boolean }[];
    expect(items.filter(({ current }) => current)).toHaveLength(1);
    const thirdId = (await third.call('GET', '/v1/sessions/me')).body['sessionId'] as string;
    expect((await here.call('DELETE', `/v1/sessions/${thirdId}`)).status).toBe(204);
    expect((await third.call('GET', '/v1/sessions/me')).status).toBe(401);
    expect((await here.call('DELETE', `/v1/sessions/${thirdId}`)).status).toBe(404);
    const out = await here.call('DELETE', '/v1/sessions/me');
    expect([out.status, out.body]).toEqual([200, { next: null }]);
    expect(here.jar.has('__Host-repartee_session')).toBe(false);
    const everywhere = await signedIn();
    expect((await everywhere.call('DELETE', '/v1/sessions')).status).toBe(204);
    expect((await there.call('GET', '/v1/sessions/me')).status).toBe(401);
  });

  it('does not end the sessions of others', async () => {
    await accountOf(app, 'ben@example.test', ['agent']);
    const [ann, ben] = [await signedIn(), await signedIn('ben@example.test')];
    const bens = (await ben.call('GET', '/v1/sessions/me')).body['sessionId'] as string;
    expect((await ann.call('DELETE', `/v1/sessions/${bens}`)).status).toBe(404);
    await ann.call('DELETE', '/v1/sessions');
    expect((await ben.call('GET', '/v1/sessions/me')).status).toBe(200);
  });

  it('is noted, and so is what failed, without what was typed', async () => {
    const browser = new TestBrowser(app);
    await browser.signIn('my secret word here', 'wrong');
    await browser.signIn(ANN, 'wrong');
    await browser.signIn(ANN);
    const entries = await app.get(AuditLog).read([], { limit: 3 });
    expect(entries.map(({ action, subject, detail }) => ({ action, subject, detail })).reverse()).toEqual([
      {
        action: 'sign-in-refused',
        subject: 'account/unknown',
        detail: { why: 'no account', address: '192.0.2.1' },
      },
      {
        action: 'sign-in-refused',
        subject: `account/${annsId}`,
        detail: { why: 'password', address: '192.0.2.1' },
      },
      { action: 'sign-in', subject: `account/${annsId}`, detail: { with: 'password', address: '192.0.2.1' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it.each([
    ['/agent/tasks?due=1#a', '/agent/tasks?due=1#a'],
    ['https://evil.example/', '/agent'],
    ['//evil.example', '/agent'],
    ['/\\evil.example', '/agent'],
    ['/.//evil.example', '/agent'],
    ['/\t/evil.example', '/agent'],
    ['javascript:alert(1)', '/agent'],
    ['', '/agent'],
  ])('leads on to %j only where that is ours', async (returnTo, next) => {
    const browser = new TestBrowser(app);
    const answer = await browser.call('POST', '/v1/sessions', {
      body: { email: ANN, password: PASSWORD, returnTo },
    });
    expect(answer.body['next']).toBe(next);
    const me = await browser.call('GET', `/v1/sessions/me?returnTo=${encodeURIComponent(returnTo)}`);
    expect(me.body['next']).toBe(next);
  });

  describe('for what changes something', () => {
    const rename = (browser: TestBrowser, headers: Record<string, string>) =>
      browser.call('PUT', '/v1/passwords/me', { headers, body: { current: 'x', next: 'y' } });

    it.each([
      ['another origin', { origin: 'https://evil.example' }],
      ['another host of the site', { origin: 'https://blog.hub.example.org' }],
      ['no origin', { origin: '' }],
      ['the opaque origin', { origin: 'null' }],
      ['no token', { 'x-csrf-token': '' }],
      ['a wrong token', { 'x-csrf-token': 'A'.repeat(43) }],
    ])('%s is refused', async (_, headers: Record<string, string>) => {
      const answer = await rename(await signedIn(), headers);
      expect([answer.status, answer.body['code']]).toEqual([403, 'ACCESS.CSRF']);
    });

    it('the token of another session is refused', async () => {
      const [ann, other] = [await signedIn(), await signedIn()];
      const answer = await rename(ann, { 'x-csrf-token': other.csrfToken });
      expect(answer.body['code']).toBe('ACCESS.CSRF');
    });

    it('nobody is signed in from another site', async () => {
      const answer = await app.call('POST', '/v1/sessions', {
        headers: { origin: 'https://evil.example' },
        body: { email: ANN, password: PASSWORD },
      });
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
    });

    it('answers name no other site that may read them with cookies', async () => {
      const browser = await signedIn();
      const answer = await browser.call('GET', '/v1/sessions/me', {
        headers: { origin: 'http://localhost:3000' },
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    });
  });

  it('a cookie counts for nothing beside an Authorization header', async () => {
    const browser = await signedIn();
    const answer = await browser.call('GET', '/v1/sessions/me', { key: app.first.server });
    expect(answer.status).toBe(403);
    expect((await browser.call('GET', '/v1/sessions/me', { key: 'wrong' })).status).toBe(401);
  });

  it('own pages may be anywhere the host is', async () => {
    const browser = await signedIn();
    const answer = await browser.call('DELETE', '/v1/sessions/me', {
      headers: { origin: 'http://localhost:4000', host: 'localhost:4000' },
    });
    expect(answer.status).toBe(200);
    expect(OWN_ORIGIN).not.toContain('localhost');
  });
});
