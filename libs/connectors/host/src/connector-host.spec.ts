import { accepted, type DeliveryContext } from '@repartee/connector-sdk';
import type { Action, Outcome } from '@repartee/contracts';
import { z } from 'zod';
import type { ConnectorHost } from './connector-host.js';
import { action, environment, SECRET, startHost, testConnector } from './testing/host-fixture.js';

type Deliver = (action: Action, context: DeliveryContext) => Promise<Outcome>;

const running: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((app) => app.close())));

async function hostWith(deliver: Deliver, more: Parameters<typeof startHost>[0] = {}, capabilities = {}) {
  const definition = testConnector({
    deliver,
    capabilities: { receipts: false, reconcile: 'none', timeLimit: 100, ...capabilities },
  });
  const started = await startHost({ definitions: [definition], ...more });
  running.push(started.app);
  return started;
}
const send = (host: ConnectorHost, traceparent?: string) =>
  host.deliver('sms-test', action, { attemptId: 'a1', traceparent });

describe('start', () => {
  it.each<[string, Parameters<typeof startHost>[0], string]>([
    [
      'a setting that is missing',
      { environment: { SMS_TEST_RETRIES: '3' } },
      'SMS_TEST_TOKEN is missing (setting of the connector sms-test)',
    ],
    [
      'a setting that is wrong',
      { environment: { ...environment, SMS_TEST_RETRIES: 'many' } },
      'SMS_TEST_RETRIES is wrong: must be a number (setting of the connector sms-test)',
    ],
    [
      'a switch that is neither',
      { environment: { ...environment, SMS_TEST_LOUD: 'yes' } },
      'SMS_TEST_LOUD is wrong: must be true or false (setting of the connector sms-test)',
    ],
    [
      'a value the schema refuses',
      { environment: { ...environment, SMS_TEST_RETRIES: '2.5' } },
      'SMS_TEST_RETRIES is wrong: ',
    ],
    [
      'another SDK',
      { definitions: [testConnector({ sdk: '^2.0.0' })] },
      'The connector sms-test wants connector SDK ^2.0.0; this is 1.0.0',
    ],
    [
      'the same name twice',
      { definitions: [testConnector(), testConnector()] },
      'The connector sms-test is registered twice',
    ],
  ])('refuses %s with one line', async (_, options, line) => {
    const error: unknown = await startHost(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'ConnectorStartError',
      message: expect.stringContaining(line) as string,
    });
    expect((error as Error).message).not.toMatch(/\n|hunter2/);
  });

  it('gives the settings in their types', async () => {
    let settings: unknown;
    const deliver: Deliver = async (_action, context) => ((settings = context.settings), accepted());
    const env = { ...environment, SMS_TEST_RETRIES: '5', SMS_TEST_LOUD: 'true', OTHER: 'x' };
    const { host } = await hostWith(deliver, { environment: env });
    await send(host);
    expect(settings).toEqual({ token: SECRET, retries: 5, loud: true });
  });

  it('describes its connectors without their secrets', async () => {
    const { host } = await hostWith(async () => accepted());
    expect(host.describe()).toMatchObject([
      {
        name: 'sms-test',
        channel: 'sms',
        stability: 'beta',
        configured: true,
        settings: [{ variable: 'SMS_TEST_TOKEN', secret: true }, {}, {}],
      },
    ]);
    expect(JSON.stringify(host.describe())).not.toContain('hunter2');
  });
});

describe('a connector that is not configured', () => {
  it('is reported, and delivers nothing', async () => {
    let called = 0;
    const { host } = await hostWith(async () => (called++, accepted()), { environment: {} });
    expect(await send(host)).toEqual({
      status: 'rejected',
      code: 'CONNECTOR.NOT_CONFIGURED',
      retryable: true,
      detail: 'missing: SMS_TEST_TOKEN',
    });
    expect(called).toBe(0);
    expect(host.health()).toEqual([
      { name: 'sms-test', channel: 'sms', status: 'not_configured', detail: 'missing: SMS_TEST_TOKEN' },
    ]);
    expect(await host.checkSettings('sms-test')).toMatchObject({
      failure: { code: 'CONNECTOR.NOT_CONFIGURED' },
    });
    expect(await host.compile('sms', { body: 'x' })).toMatchObject({ ok: true });
  });

  it('is passed over for one that is', async () => {
    const other = testConnector({ name: 'sms-other' });
    const { host, app } = await startHost({
      definitions: [testConnector(), other],
      environment: { SMS_OTHER_TOKEN: 'x' },
    });
    running.push(app);
    expect(host.connectorsFor('sms')[0]).toBe('sms-other');
    expect(host.connectorsFor('fax')[0]).toBeUndefined();
  });

  it('is one whose shared variables alone are set', async () => {
    const settings = z.object({
      token: z.string(),
      publicUrl: z.string().meta({ variable: 'REPARTEE_PUBLIC_URL' }).optional(),
    });
    const options = {
      definitions: [testConnector({ settings })],
      environment: { REPARTEE_PUBLIC_URL: 'https://x' },
    };
    const { host, app } = await startHost(options);
    running.push(app);
    expect(host.health()[0]?.status).toBe('not_configured');
  });
});

describe('content', () => {
  it('is compiled, rendered, or refused with pointers', async () => {
    const { host } = await hostWith(async () => accepted());
    expect(await host.compile('sms', { body: 'hi' })).toEqual({
      ok: true,
      value: { compiled: { body: 'hi' } },
    });
    expect(host.render('sms', { x: 1 }, { y: 2 })).toEqual({
      ok: true,
      value: { compiled: { x: 1 }, data: { y: 2 } },
    });
    expect(await host.compile('sms', { body: 'far too long a text', 'a/b': {} })).toMatchObject({
      ok: false,
      failure: {
        code: 'CONNECTOR.INVALID_CONTENT',
        status: 422,
        errors: [{ pointer: '#/body' }, { pointer: '#/a~1b/c' }],
      },
    });
    expect(await host.compile('fax', {})).toMatchObject({
      failure: { code: 'CONNECTOR.UNKNOWN_CHANNEL', status: 422 },
    });
    expect(await host.present('sms', { zone: 'z', content: {}, data: {} })).toMatchObject({ ok: false });
  });

  it('is presented by channels that ask', async () => {
    const definitions = [testConnector({ present: ({ zone, data }) => ({ zone, data }) })];
    const { host, app } = await startHost({ definitions });
    running.push(app);
    expect(await host.present('sms', { zone: 'z', content: {}, data: { a: 1 } })).toEqual({
      ok: true,
      value: { zone: 'z', data: { a: 1 } },
    });
  });
});

describe('life', () => {
  it('checks settings at start without holding it up, and reports what is wrong', async () => {
    const checkSettings = () => Promise.reject(new Error(`refused ${SECRET}`));
    const { host, app } = await startHost({ definitions: [testConnector({ checkSettings })] });
    running.push(app);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(host.health()).toEqual([
      { name: 'sms-test', channel: 'sms', status: 'degraded', detail: 'refused [secret]' },
    ]);
    expect(await host.checkSettings('sms-test')).toMatchObject({
      failure: { code: 'CONNECTOR.SETTINGS_FAILED', detail: 'sms-test: refused [secret]' },
    });
    expect(await host.checkSettings('nobody')).toMatchObject({ failure: { code: 'CONNECTOR.NOT_FOUND' } });
  });

  it('comes back up when a later check succeeds', async () => {
    let time = 0;
    let works = false;
    const checkSettings = async () => {
      if (!works) throw new Error('not yet');
    };
    const { host, app } = await startHost({
      definitions: [testConnector({ checkSettings })],
      monotonic: () => time,
    });
    running.push(app);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(host.health()[0]?.status).toBe('degraded');
    works = true;
    time += 20_000;
    host.health();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(host.health()[0]?.status).toBe('up');
  });

  it('lets running deliveries end at shutdown, takes no more, and closes what was opened', async () => {
    const seen: string[] = [];
    const definitions = [
      testConnector({
        open: () => 'pool',
        close: (resources) => void seen.push(`closed ${String(resources)}`),
        deliver: async (_action, ctx) => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          seen.push(`sent with ${String(ctx.resources)}`);
          return accepted();
        },
      }),
    ];
    const { host, app } = await startHost({ definitions });
    const sending = send(host);
    const closing = app.close();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await send(host)).toMatchObject({ code: 'CONNECTOR.STOPPING', retryable: true });
    expect(await sending).toMatchObject({ status: 'accepted' });
    await closing;
    expect(seen).toEqual(['sent with pool', 'closed pool']);
  });
});

describe('certificates', () => {
  const certificate = {
    connector: 'sms-test',
    channel: 'sms',
    sdk: '^1.0.0',
    claims: { receipts: false, reconcile: 'none' as const },
    ways: ['in-process'],
    checks: {},
  };
  it.each([
    ['certified', certificate, undefined],
    ['uncertified', undefined, 'has no certificate'],
    [
      'outdated',
      { ...certificate, claims: { receipts: true, reconcile: 'none' as const } },
      'for something else',
    ],
  ])('show that a connector is %s', async (certification, one, warning) => {
    const { host, lines } = await startHost({ certificates: new Map(one ? [['sms-test', one]] : []) });
    expect(host.describe()[0]).toMatchObject({ certification });
    expect(lines.join('').includes(warning ?? 'certificate')).toBe(warning !== undefined);
  });
});
