import { install, type AccessApp, type Answer, type Installation } from './access-app.js';
import { CLIENT_ID, CLIENT_SECRET, startOpenidProvider, type OpenidProvider } from './openid-provider.js';
import { accountOf, cookiesOf, OWN_ORIGIN, TestBrowser } from './test-browser.js';

const SETTINGS = {
  REPARTEE_OIDC_CLIENT_ID: CLIENT_ID,
  REPARTEE_OIDC_CLIENT_SECRET: CLIENT_SECRET,
  REPARTEE_OIDC_NAME: 'Example Corp',
};
const BEN = { sub: 'ben-1', email: 'ben@example.test', email_verified: true, name: 'Ben Ito' };

describe('signing in at an OpenID provider', () => {
  let installation: Installation;
  let provider: OpenidProvider;
  beforeEach(async () => {
    installation = await install();
    provider = await startOpenidProvider(OWN_ORIGIN);
  });
  afterEach(async () => {
    await provider.stop();
    await installation.remove();
  });

  const start = (more: Record<string, string> = {}): Promise<AccessApp> =>
    installation.start({}, undefined, { REPARTEE_OIDC_ISSUER: provider.issuer, ...SETTINGS, ...more });

  /** Goes there and comes back, as a browser does. */
  const signIn = async (
    browser: TestBrowser,
    path = '/v1/oidc/sso/start?returnTo=%2Fagent',
  ): Promise<Answer> => {
    const started = await browser.call('GET', path);
    expect(started.status).toBe(302);
    const back = await provider.visit(started.headers['location'] as string);
    expect(back).toMatch(/^https:\/\/hub\.example\.org\/v1\/oidc\/sso\/callback\?/);
    return browser.call('GET', back.slice(OWN_ORIGIN.length));
  };
  const meOf = async (browser: TestBrowser) => (await browser.call('GET', '/v1/sessions/me')).body;

  it('is offered by name, and leads there with state, nonce and PKCE', async () => {
    const app = await start();
    const { body } = await app.call('GET', '/v1/oidc');
    expect(body['items']).toEqual([{ key: 'sso', name: 'Example Corp', startUrl: '/v1/oidc/sso/start' }]);
    const started = await new TestBrowser(app).call('GET', '/v1/oidc/sso/start');
    const { searchParams } = new URL(started.headers['location'] as string);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: CLIENT_ID,
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${OWN_ORIGIN}/v1/oidc/sso/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(cookiesOf(started)[0]).toMatchObject({
      name: '__Host-repartee_oidc',
      httpOnly: true,
      secure: true,
    });
    expect((await app.call('GET', '/v1/oidc/other/start')).status).toBe(404);
  });

  it('makes an account where that is wanted, with the roles of the claim', async () => {
    const app = await start({
      REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes',
      REPARTEE_OIDC_ROLES_CLAIM: 'groups',
      REPARTEE_OIDC_ROLES: 'Support=agent,Leads=supervisor,Root=nonsense',
    });
    provider.at = { ...BEN, groups: ['Support', 'Chess club', 'Root'] };
    const browser = new TestBrowser(app);
    const back = await signIn(browser);
    expect([back.status, back.headers['location']]).toEqual([302, '/agent']);
    expect(await meOf(browser)).toMatchObject({
      account: { email: BEN.email, name: BEN.name },
      roles: ['agent'],
    });
    provider.at = { ...BEN, email: 'renamed@example.test', groups: ['Leads'] };
    const later = new TestBrowser(app);
    await signIn(later);
    expect(await meOf(later)).toMatchObject({ account: { email: BEN.email }, roles: ['supervisor'] });
    expect((await meOf(browser))['roles']).toEqual(['supervisor']);
  });

  it.each([
    ['nobody is made unless told', {}, BEN],
    [
      'an address that is not verified is nobody’s',
      { REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' },
      { ...BEN, email_verified: false },
    ],
    [
      'an account is not taken unless told',
      { REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' },
      { ...BEN, email: 'ann@example.test' },
    ],
    [
      'nor for an address that is not verified',
      { REPARTEE_OIDC_LINK_BY_EMAIL: 'yes' },
      { ...BEN, email: 'ann@example.test', email_verified: 'true' },
    ],
  ])('%s', async (_, settings: Record<string, string>, person) => {
    const app = await start(settings);
    await accountOf(app, 'ann@example.test', ['agent']);
    provider.at = person;
    const browser = new TestBrowser(app);
    const back = await signIn(browser);
    expect(back.headers['location']).toBe('/signin?problem=refused');
    expect(browser.jar.has('__Host-repartee_session')).toBe(false);
    expect(await installation.database.database.query('SELECT * FROM account_identity')).toEqual([]);
  });

  it('takes the account of a verified address where that is wanted, and knows it by the provider’s name later', async () => {
    const app = await start({ REPARTEE_OIDC_LINK_BY_EMAIL: 'yes' });
    const id = await accountOf(app, BEN.email, ['marketer']);
    provider.at = BEN;
    const browser = new TestBrowser(app);
    await signIn(browser);
    expect(await meOf(browser)).toMatchObject({ account: { id }, roles: ['marketer'] });
    provider.at = { sub: BEN.sub };
    const later = new TestBrowser(app);
    await signIn(later);
    expect(await meOf(later)).toMatchObject({ account: { id } });
    await app.call('PUT', `/v1/accounts/${id}/disabled`, { key: app.first.admin, body: { disabled: true } });
    expect((await signIn(new TestBrowser(app))).headers['location']).toBe('/signin?problem=refused');
  });

  it('ends the session that the browser had', async () => {
    const app = await start({ REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' });
    provider.at = BEN;
    const browser = new TestBrowser(app);
    await signIn(browser);
    const before = browser.jar.get('__Host-repartee_session') ?? '';
    await signIn(browser);
    const answer = await app.call('GET', '/v1/sessions/me', {
      headers: { cookie: `__Host-repartee_session=${before}` },
    });
    expect(answer.status).toBe(401);
  });

  it('signs out at the provider, too', async () => {
    const app = await start({ REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' });
    provider.at = BEN;
    const browser = new TestBrowser(app);
    await signIn(browser);
    await meOf(browser);
    const { body } = await browser.call('DELETE', '/v1/sessions/me');
    const next = new URL(body['next'] as string);
    expect(next.origin).toBe(provider.issuer);
    expect(next.searchParams.get('post_logout_redirect_uri')).toBe(`${OWN_ORIGIN}/signin`);
    expect(next.searchParams.get('id_token_hint')).toMatch(/^ey/);
    expect((await browser.call('GET', '/v1/sessions/me')).status).toBe(401);
  });

  describe('hears from the provider that somebody signed out', () => {
    const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';
    const now = () => Math.floor(Date.now() / 1000);
    const claims = () => ({
      ...{ iss: provider.issuer, aud: CLIENT_ID, iat: now(), jti: 'one', sub: BEN.sub },
      events: { [LOGOUT]: {} },
    });
    const signedIn = async () => {
      const app = await start({ REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' });
      provider.at = BEN;
      const browser = new TestBrowser(app);
      await signIn(browser);
      const tell = (token: string) =>
        app.call('POST', '/v1/oidc/sso/back-channel-logout', {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `logout_token=${token}`,
        });
      return { browser, tell };
    };

    it('and ends the session', async () => {
      const { browser, tell } = await signedIn();
      expect((await tell(await provider.sign(claims()))).status).toBe(200);
      expect((await browser.call('GET', '/v1/sessions/me')).status).toBe(401);
    });

    it('but believes nothing else', async () => {
      const { browser, tell } = await signedIn();
      const [head, , tag] = (await provider.sign(claims())).split('.');
      const other = Buffer.from(JSON.stringify({ ...claims(), jti: 'two' })).toString('base64url');
      const tokens = [
        'x',
        `${head}.${other}.${tag}`,
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${other}.`,
        await provider.sign({ ...claims(), aud: 'somebody else' }),
        await provider.sign({ ...claims(), iss: 'https://evil.example' }),
        await provider.sign({ ...claims(), iat: now() - 3600 }),
        await provider.sign({ ...claims(), events: {} }),
        await provider.sign({ ...claims(), nonce: 'an ID token has one' }),
        await provider.sign({ ...claims(), sub: undefined }),
      ];
      for (const token of tokens) expect((await tell(token)).status).toBe(400);
      expect((await browser.call('GET', '/v1/sessions/me')).status).toBe(200);
    });
  });

  describe('refuses who comes back', () => {
    const back = async (change: (url: URL, browser: TestBrowser) => void) => {
      const app = await start({ REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' });
      provider.at = BEN;
      const browser = new TestBrowser(app);
      const started = await browser.call('GET', '/v1/oidc/sso/start');
      const url = new URL(await provider.visit(started.headers['location'] as string));
      change(url, browser);
      const answer = await browser.call('GET', `${url.pathname}${url.search}`);
      expect(answer.status).toBe(302);
      expect(browser.jar.has('__Host-repartee_session')).toBe(false);
      return { location: answer.headers['location'], app, browser, url };
    };

    it('in another browser: nobody is signed in by a link', async () => {
      expect((await back((_, browser) => browser.jar.clear())).location).toBe('/signin?problem=again');
    });

    it.each([
      ['with another state', (url: URL) => url.searchParams.set('state', 'A'.repeat(43))],
      ['without a state', (url: URL) => url.searchParams.delete('state')],
      ['with a forged code', (url: URL) => url.searchParams.set('code', 'A'.repeat(43))],
      ['from another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
      ['with an error', (url: URL) => url.searchParams.set('error', 'access_denied')],
      ['with nothing', (url: URL) => (url.search = '')],
    ])('%s', async (_, change) => {
      expect((await back(change)).location).toBe('/signin?problem=refused');
    });

    it('a second time', async () => {
      const { url, browser } = await back((found, { jar }) => {
        found.searchParams.set('state', 'x');
        jar.set('kept', '1');
      });
      const again = await browser.call('GET', `${url.pathname}${url.search}`);
      expect(again.headers['location']).toBe('/signin?problem=again');
    });

    it('too late', async () => {
      const app = await start({ REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' });
      provider.at = BEN;
      const browser = new TestBrowser(app);
      const started = await browser.call('GET', '/v1/oidc/sso/start');
      const url = new URL(await provider.visit(started.headers['location'] as string));
      app.clock.advance(600_000);
      const answer = await browser.call('GET', `${url.pathname}${url.search}`);
      expect(answer.headers['location']).toBe('/signin?problem=again');
    });
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
  ])('never leads on to %s', async (returnTo) => {
    const app = await start({ REPARTEE_OIDC_CREATE_ACCOUNTS: 'yes' });
    provider.at = BEN;
    const back = await signIn(
      new TestBrowser(app),
      `/v1/oidc/sso/start?returnTo=${encodeURIComponent(returnTo)}`,
    );
    const { origin } = new URL(back.headers['location'] as string, OWN_ORIGIN);
    expect([back.status, origin]).toEqual([302, OWN_ORIGIN]);
  });

  it('says when the provider does not answer', async () => {
    const app = await start();
    await provider.stop();
    const answer = await app.call('GET', '/v1/oidc/sso/start');
    expect([answer.status, answer.headers['location']]).toEqual([302, '/signin?problem=provider']);
  });
});
