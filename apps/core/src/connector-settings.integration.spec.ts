import { accepted, type ConnectorDefinition, defineConnector, secret } from '@repartee/connector-sdk';
import { type ConnectorSettingsView, ok } from '@repartee/contracts';
import { z } from 'zod';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until } from './testing/visibly.js';

const WRONG = 'wrong-token-4711';
const FIRST = 'first-token-of-the-test';
const SECOND = 'second-token-of-the-test';
const ENVIRONMENT = { BEEPER_URL: 'https://env.example', BEEPER_TOKEN: 'token-of-the-environment' };

type View = ConnectorSettingsView & { check?: unknown; health?: { status: string; detail?: string } };

/** A connector that answers webhooks with the token it has. */
function beeper(): ConnectorDefinition {
  return defineConnector({
    name: 'beeper',
    channel: 'beeper',
    sdk: '^1.0.0',
    stability: 'experimental',
    settings: z.object({
      url: z.url(),
      token: secret(),
      retries: z.int().max(9).default(2),
      pin: secret().optional(),
    }),
    capabilities: { receipts: false, reconcile: 'none' },
    treatment: {
      schema: z.object({ text: z.string() }),
      compile: ({ text }) => ok({ text }),
      render: ({ text }) => ({ text }),
    },
    deliver: () => Promise.resolve(accepted()),
    verify: () => true,
    receive: (_raw, { settings }) => ({ reply: { status: 200, body: settings.token }, facts: [] }),
    async checkSettings({ settings, logger }) {
      logger.warn(`trying ${settings.token}`);
      if (settings.token === WRONG) throw new Error(`401 for ${settings.token}`);
    },
  }) as unknown as ConnectorDefinition;
}

describe('settings of connectors at rest', () => {
  let place: Place;
  let cores: [CoreUnderTest, CoreUnderTest];
  const path = '/v1/connectors/beeper/settings';
  const start = (environment: Record<string, string> = ENVIRONMENT) =>
    startCore({ place, connectors: [beeper()], environment });
  const put = (core: CoreUnderTest, body: object, version: number | undefined, query = '') =>
    core.call<View & { code: string; errors: { pointer: string }[] }>(`PUT ${path}${query}`, {
      body,
      key: 'admin',
      headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    });
  const view = async (core: CoreUnderTest) => (await core.call<View>(`GET ${path}`, { key: 'admin' })).body;

  beforeAll(async () => {
    place = await createPlace();
    cores = [await start(), await start()];
  });
  afterAll(async () => {
    await Promise.all(cores.map((core) => core.stop()));
    await place.remove();
  });

  it('shows where each value comes from, and no secret', async () => {
    const { status, body } = await cores[0].call<View & { settings: { properties: object } }>(
      'GET /v1/connectors/beeper',
      { key: 'admin' },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'beeper',
      version: 0,
      values: { url: 'https://env.example', token: '********', retries: 2 },
      sources: { url: 'environment', token: 'environment', retries: 'default', pin: 'none' },
      settings: { properties: { token: { writeOnly: true, format: 'password' } } },
    });
    expect(JSON.stringify(body)).not.toContain('token-of-the-environment');
  });

  it('wants to know which version was seen', async () => {
    expect((await put(cores[0], {}, undefined)).status).toBe(428);
    expect((await put(cores[0], {}, 7)).status).toBe(412);
  });

  it.each([
    [{ url: 'no url' }, '#/url'],
    [{ retries: 12 }, '#/retries'],
    [{ retries: 'three' }, '#/retries'],
    [{ surprise: 1 }, '#/surprise'],
    [{ pin: '********' }, '#/pin'],
  ])('refuses %j, pointing at it', async (body, pointer) => {
    const answer = await put(cores[0], body, 0);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('asks the provider before it stores; what it says is free of secrets', async () => {
    const { status, body } = await put(cores[0], { token: WRONG }, 0);
    expect([status, body.code]).toEqual([422, 'CONNECTOR.SETTINGS_REFUSED']);
    expect(JSON.stringify(body)).toContain('401 for [secret]');
    expect(JSON.stringify(body)).not.toContain(WRONG);
    expect(await view(cores[0])).toMatchObject({ version: 0 });
  });

  it('brings stored settings into force in every process, without a restart', async () => {
    const { status, body } = await put(cores[0], { token: FIRST, retries: 5 }, 0);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 1,
      check: { status: 'passed' },
      values: { url: 'https://env.example', token: '********', retries: 5 },
      sources: { url: 'environment', token: 'stored', retries: 'stored' },
    });
    for (const core of cores)
      await until('the stored token', async () => (await tokenInForce(core)) === FIRST);
  });

  it('keeps a secret whose mask is written back, and forgets what is not named', async () => {
    const { body } = await put(cores[1], { token: '********' }, 1);
    expect(body).toMatchObject({ version: 2, sources: { token: 'stored', retries: 'default' } });
    for (const core of cores) await until('the version', async () => (await view(core)).version === 2);
    for (const core of cores) expect(await tokenInForce(core)).toBe(FIRST);
  });

  it('stores what the provider does not take where somebody insists', async () => {
    const { body } = await put(cores[0], { token: WRONG }, 2, '?force=true');
    expect(body).toMatchObject({ version: 3, check: { status: 'failed', detail: '401 for [secret]' } });
    const check = await cores[0].call<{ code: string }>('POST /v1/connectors/beeper/check', { key: 'admin' });
    expect([check.status, check.body.code]).toEqual([502, 'CONNECTOR.SETTINGS_FAILED']);
    expect((await put(cores[0], { token: SECOND }, 3)).status).toBe(200);
  });

  it('says who stored what in the audit, without values', async () => {
    const { body } = await cores[0].call<{ items: { subject: string; detail: unknown }[] }>(
      'GET /v1/audit?subject=connector/beeper',
      { key: 'admin' },
    );
    expect(body.items[0]).toMatchObject({ detail: { step: 'settings', stored: ['token'] } });
    expect(JSON.stringify(body)).not.toContain(SECOND);
  });

  it('keeps secrets out of every table', async () => {
    const [{ text } = { text: '' }] = await cores[0].database.query<{ text: string }>(
      `SELECT string_agg(t::text, '') AS text FROM (
         SELECT to_json(s) t FROM connector_settings s UNION ALL
         SELECT json_build_array(encode(v.sealed, 'escape'), encode(v.wrapped, 'escape')) FROM vault_secret v UNION ALL
         SELECT to_json(a) FROM audit_entry a UNION ALL SELECT to_json(b) FROM bus_message b) x`,
    );
    for (const value of [FIRST, SECOND, WRONG]) expect(text).not.toContain(value);
  });

  it('rotates the master key; all processes go on reading', async () => {
    const { body } = await cores[0].call<{ changed: boolean; rewrapped: number }>('POST /v1/secrets/rotate', {
      key: 'admin',
    });
    expect(body).toMatchObject({ changed: true, rewrapped: 1, unreadable: 0 });
    expect((await put(cores[1], { token: '********', retries: 3 }, 4)).body).toMatchObject({ version: 5 });
    for (const core of cores) await until('the version', async () => (await view(core)).version === 5);
    for (const core of cores) expect(await tokenInForce(core)).toBe(SECOND);
  });

  it('survives a secret that was changed in the database, and says so', async () => {
    await cores[0].database.query(
      `UPDATE vault_secret SET sealed = set_byte(sealed, 29, get_byte(sealed, 29) # 1)`,
    );
    const third = await start();
    try {
      const { body } = await third.call<View>('GET /v1/connectors/beeper', { key: 'admin' });
      const problem = 'the secret token of connector/beeper was changed where it is stored; set it again';
      expect(body).toMatchObject({ problem, health: { status: 'not_configured', detail: problem } });
      expect((await fetch(`${third.url}/health/ready`)).status).toBe(200);
      const refused = await put(third, { token: '********' }, 5);
      expect(refused.body.errors).toEqual([expect.objectContaining({ pointer: '#/token' })]);
      expect((await put(third, { token: FIRST }, 5)).body).toMatchObject({ version: 6 });
      expect(await tokenInForce(third)).toBe(FIRST);
    } finally {
      await third.stop();
    }
  });

  it('goes back to the environment when what is stored is deleted', async () => {
    const remove = (version: number) =>
      cores[0].call(`DELETE ${path}`, { key: 'admin', headers: { 'if-match': `"${version}"` } });
    expect((await remove(5)).status).toBe(412);
    expect((await remove(6)).status).toBe(204);
    expect(await tokenInForce(cores[0])).toBe(ENVIRONMENT.BEEPER_TOKEN);
    expect(await view(cores[0])).toMatchObject({ version: 7, sources: { token: 'environment' } });
  });

  it('lets what is stored complete an environment that would not do alone', async () => {
    const incomplete = { BEEPER_URL: 'https://env.example' };
    expect((await put(cores[0], { token: SECOND }, 7)).status).toBe(200);
    const third = await start(incomplete);
    expect(await tokenInForce(third)).toBe(SECOND);
    await third.stop();
    const alone = startCore({ connectors: [beeper()], environment: incomplete });
    await expect(alone).rejects.toThrow('BEEPER_TOKEN is missing (setting of the connector beeper)');
  });

  async function tokenInForce(core: CoreUnderTest): Promise<string> {
    const { text } = await core.call('POST /v1/connectors/beeper/webhooks', { key: null });
    return text;
  }
});
