import { THROTTLES } from '../src/domain/index.js';
import { install, type AccessApp, type Answer, type Installation } from './access-app.js';
import { accountOf, OWN_ORIGIN, PASSWORD, TestBrowser } from './test-browser.js';

const ANN = 'ann@example.test';
const { pair, device, account } = THROTTLES;

describe('whoever guesses', () => {
  let installation: Installation;
  let app: AccessApp;
  beforeEach(async () => {
    installation = await install();
    app = await installation.start();
    await accountOf(app, ANN, ['agent']);
  });
  afterEach(() => installation.remove());

  const from = (remoteAddress: string) => Object.assign(new TestBrowser(app), { remoteAddress });
  const fail = async (browser: TestBrowser, times: number, email = ANN): Promise<Answer> => {
    let last: Answer | undefined;
    for (let count = 0; count < times; count += 1) {
      browser.jar.clear();
      last = await browser.signIn(email, `guess ${count}`);
    }
    if (!last) throw new Error('nothing was tried');
    return last;
  };

  it('waits, and is told so, also with the right password', async () => {
    const mallory = from('198.51.100.7');
    expect((await fail(mallory, pair.free)).body['code']).toBe('ACCESS.SIGN_IN_FAILED');
    const refused = await mallory.signIn(ANN);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, String(pair.firstWait / 1000)]);
    expect(refused.body).toMatchObject({
      code: 'ACCESS.TOO_MANY_TRIES',
      retryAfterSeconds: pair.firstWait / 1000,
    });
    app.clock.advance(pair.firstWait);
    expect((await mallory.signIn(ANN)).status).toBe(201);
  });

  it('learns nothing of who has an account', async () => {
    const shapes = (answers: Answer[]) =>
      answers.map(({ status, body: { traceId: _, instance: __, ...body }, headers }) => ({
        status,
        body,
        retryAfter: headers['retry-after'],
      }));
    const series = async (email: string, remoteAddress: string) => {
      const answers: Answer[] = [];
      for (let count = 0; count < pair.free + 2; count += 1) {
        const browser = from(remoteAddress);
        answers.push(await browser.signIn(email, 'a guess'));
        expect(browser.jar.size).toBe(0);
      }
      return shapes(answers);
    };
    await accountOf(app, 'off@example.test', ['agent']);
    const { body } = await app.call('GET', '/v1/accounts', { key: app.first.admin });
    const off = (body['items'] as { id: string; email: string }[]).find(({ email }) =>
      email.startsWith('off'),
    );
    await app.call('PUT', `/v1/accounts/${off?.id}/disabled`, {
      key: app.first.admin,
      body: { disabled: true },
    });
    await app.call('POST', '/v1/accounts', {
      key: app.first.admin,
      body: { email: 'invited@example.test', name: 'Invited', roles: [] },
    });
    const known = await series(ANN, '198.51.100.1');
    expect(await series('nobody@example.test', '198.51.100.2')).toEqual(known);
    expect(await series('off@example.test', '198.51.100.3')).toEqual(known);
    expect(await series('invited@example.test', '198.51.100.4')).toEqual(known);
    expect(await series('not even an address', '198.51.100.5')).toEqual(known);
  });

  it('gets no more tries by making them at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, count) => from('198.51.100.7').signIn(ANN, `guess ${count}`)),
    );
    const made = answers.filter(({ status }) => status === 401);
    expect(made.length).toBeLessThanOrEqual(pair.free);
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  });

  it('from many networks is slowed down at the account, but does not lock out its person’s own browser', async () => {
    const own = from('192.0.2.1');
    expect((await own.signIn(ANN)).status).toBe(201);
    for (let count = 0; count < account.free; count += 1)
      await from(`203.0.113.${count}`).signIn(ANN, 'a guess');
    expect((await from('203.0.113.200').signIn(ANN)).status).toBe(429);
    expect((await own.signIn(ANN)).status).toBe(201);
    app.clock.advance(account.longestWait);
    expect((await from('203.0.113.201').signIn(ANN)).status).toBe(201);
  });

  it('in a browser that is known waits, too', async () => {
    const own = from('192.0.2.1');
    await own.signIn(ANN);
    const kept = own.jar.get('__Host-repartee_device') ?? '';
    for (let count = 0; count < device.free; count += 1) {
      const thief = from('198.51.100.7');
      thief.jar.set('__Host-repartee_device', kept);
      expect((await thief.signIn(ANN, 'a guess')).status).toBe(401);
    }
    expect((await own.signIn(ANN)).status).toBe(429);
  });

  it('does not help themselves by a browser of another account, or a forged one', async () => {
    await accountOf(app, 'mallory@example.test', ['agent']);
    const mallory = from('198.51.100.7');
    await mallory.signIn('mallory@example.test');
    const kept = mallory.jar.get('__Host-repartee_device') ?? '';
    for (const value of [kept, `${kept}x`, 'nonsense']) {
      const browser = from('198.51.100.8');
      await fail(browser, pair.free);
      browser.jar.set('__Host-repartee_device', value);
      expect((await browser.signIn(ANN)).status).toBe(429);
      app.clock.advance(pair.forgetAfter);
    }
  });

  it('of the present password of a session that was left open waits, too', async () => {
    const browser = from('192.0.2.1');
    await browser.signIn(ANN);
    const guess = () =>
      browser.call('PUT', '/v1/passwords/me', {
        body: { current: 'a guess', next: 'nine umbrellas in a row' },
      });
    for (let count = 0; count < pair.free; count += 1) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
  });

  it('of the link of an invitation finds nothing', async () => {
    for (const token of ['x', 'A'.repeat(43), '__proto__']) {
      const answer = await app.call('POST', '/v1/passwords/links/redeem', {
        body: { token, password: PASSWORD },
      });
      expect([answer.status, answer.body['code']]).toEqual([404, 'ACCESS.LINK_INVALID']);
    }
  });
});

describe('setting a password', () => {
  let installation: Installation;
  let app: AccessApp;
  let id: string;
  beforeAll(async () => {
    installation = await install();
    app = await installation.start();
    id = await accountOf(app, ANN, ['agent']);
  });
  afterAll(() => installation.remove());

  const link = async () => {
    const { body } = await app.call('POST', `/v1/accounts/${id}/reset-link`, { key: app.first.admin });
    return new URL(body['url'] as string).hash.slice(1);
  };
  const redeem = (token: string, password: string) =>
    app.call('POST', '/v1/passwords/links/redeem', { body: { token, password } });

  it('works once by a link, for a day, and ends every session', async () => {
    const browser = new TestBrowser(app);
    await browser.signIn(ANN);
    const [first, token] = [await link(), await link()];
    expect((await redeem(first, 'nine umbrellas in a row')).status).toBe(404);
    expect((await redeem(token, 'password12345')).body['code']).toBe('ACCESS.PASSWORD_WEAK');
    const answers = await Promise.all([
      redeem(token, 'nine umbrellas in a row'),
      redeem(token, 'ten umbrellas in a row!'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await browser.call('GET', '/v1/sessions/me')).status).toBe(401);
    expect((await new TestBrowser(app).signIn(ANN)).status).toBe(401);
    const late = await link();
    app.clock.advance(24 * 3_600_000);
    expect((await redeem(late, PASSWORD)).status).toBe(404);
    expect((await redeem(await link(), PASSWORD)).status).toBe(204);
  });

  it('with the present one ends every other session', async () => {
    const [here, there] = [new TestBrowser(app), new TestBrowser(app)];
    await here.signIn(ANN);
    await there.signIn(ANN);
    const changed = await here.call('PUT', '/v1/passwords/me', {
      body: { current: PASSWORD, next: 'nine umbrellas in a row' },
    });
    expect(changed.status).toBe(204);
    expect((await here.call('GET', '/v1/sessions/me')).status).toBe(200);
    expect((await there.call('GET', '/v1/sessions/me')).status).toBe(401);
    expect((await redeem(await link(), PASSWORD)).status).toBe(204);
  });

  it.each<{ body: unknown }>(
    [
      { email: ANN, password: 'x'.repeat(1_000_000) },
      { email: 'x'.repeat(900_000), password: 'x' },
      { email: ANN, password: '' },
      { email: ANN, password: 12 },
      { email: ANN, password: { $ne: null } },
      { email: [ANN], password: PASSWORD },
      { email: ANN },
      { email: ANN, password: PASSWORD, roles: ['admin'] },
      [],
      null,
      'text',
      { __proto__: null, constructor: { prototype: {} } },
    ].map((body) => ({ body })),
  )('never takes %.60j for a sign-in, nor for a fault of ours', async ({ body }) => {
    for (const [method, path] of [
      ['POST', '/v1/sessions'],
      ['POST', '/v1/passwords/links/redeem'],
      ['POST', '/v1/accounts'],
    ] as const) {
      const answer = await app.call(method, path, {
        key: path === '/v1/accounts' ? app.first.admin : undefined,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', origin: OWN_ORIGIN },
      });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    }
  });

  it.each([
    'repartee_session=x',
    '__Host-repartee_session=',
    `__Host-repartee_session=${'A'.repeat(43)}`,
    `__Host-repartee_session=${'A'.repeat(9000)}`,
    '__Host-repartee_session=%',
    '__Host-repartee_session=%00%00',
    ';;;=;=;__Host-repartee_session',
    '__proto__=1; __Host-repartee_session=__proto__',
    `__Host-repartee_session='; DROP TABLE account; --`,
  ])('the cookie %.60s is nobody’s', async (cookie) => {
    expect((await app.call('GET', '/v1/sessions/me', { headers: { cookie } })).status).toBe(401);
  });

  it('the last administrator stays one', async () => {
    const admin = await accountOf(app, 'root@example.test', ['admin']);
    const call = (method: string, path: string, body?: object) =>
      app.call(method, `/v1/accounts/${admin}${path}`, { key: app.first.admin, ...(body && { body }) });
    for (const answer of [
      await call('PUT', '/roles', { roles: ['agent'] }),
      await call('PUT', '/disabled', { disabled: true }),
      await call('DELETE', ''),
    ])
      expect([answer.status, answer.body['code']]).toEqual([409, 'ACCESS.LAST_ADMIN']);
    await accountOf(app, 'second-root@example.test', ['admin']);
    const both = await Promise.all([
      call('PUT', '/roles', { roles: [] }),
      app.call('GET', '/v1/accounts', { key: app.first.admin }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });
});
