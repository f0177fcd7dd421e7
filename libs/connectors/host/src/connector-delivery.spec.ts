import { accepted, rejected, unknown, type DeliveryContext } from '@repartee/connector-sdk';
import type { Action, Outcome } from '@repartee/contracts';
import type { ConnectorHost } from './connector-host.js';
import { action, SECRET, startHost, testConnector } from './testing/host-fixture.js';

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

describe('delivery', () => {
  it('hands on the outcome, the idempotency key and a child of the trace', async () => {
    let context: DeliveryContext | undefined;
    const { host, metrics } = await hostWith(async (_action, ctx) => ((context = ctx), accepted('p1')));
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await send(host, traceparent)).toEqual({ status: 'accepted', providerId: 'p1' });
    expect(context?.idempotencyKey).toBe('k1');
    expect(context?.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)/);
    expect(await metrics.text()).toContain(
      'repartee_connector_outcomes_total{connector="sms-test",call="deliver",status="accepted",code=""} 1',
    );
  });

  it('is unknown when the connector hangs, whose signal is aborted', async () => {
    let signal: AbortSignal | undefined;
    const { host } = await hostWith((_action, ctx) => ((signal = ctx.signal), new Promise(() => undefined)));
    expect(await send(host)).toEqual({ status: 'unknown', detail: 'no answer within 100 ms' });
    expect(signal?.aborted).toBe(true);
  });

  it('believes a connector that knows better when aborted', async () => {
    const { host } = await hostWith(
      (_action, ctx) =>
        new Promise((resolve) =>
          ctx.signal.addEventListener('abort', () => resolve(rejected('SMS.NOT_SENT', { retryable: true }))),
        ),
    );
    expect(await send(host)).toMatchObject({ status: 'rejected', code: 'SMS.NOT_SENT' });
  });

  it.each<[string, Deliver]>([
    ['throws', () => Promise.reject(new Error('boom'))],
    [
      'throws at once',
      () => {
        throw new Error('boom');
      },
    ],
    ['answers nothing', (async () => undefined) as unknown as Deliver],
    ['answers something else', (async () => ({ status: 'sent' })) as unknown as Deliver],
  ])('is unknown when the connector %s', async (_, deliver) => {
    const { host } = await hostWith(deliver);
    expect(await send(host)).toMatchObject({ status: 'unknown' });
    expect(host.health()[0]?.status).toBe('degraded');
  });

  it('to a connector that is not there was not sent', async () => {
    const { host } = await hostWith(async () => accepted());
    const outcome = await host.deliver('nobody', action, { attemptId: 'a1' });
    expect(outcome).toMatchObject({ status: 'rejected', code: 'CONNECTOR.NOT_FOUND', retryable: false });
  });

  it('shows no secret in outcomes, logs and health', async () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
    const leaks = [SECRET, encodeURIComponent(SECRET), base64(SECRET)];
    const basic = ['me', 'you', 'they'].map((user) => base64(`${user}:${SECRET}`));
    const { host, lines } = await hostWith(async (_action, ctx) => {
      ctx.logger.info(`token ${SECRET}`, {
        header: [`Basic ${leaks[2]}`, ...basic],
        error: new Error(SECRET),
      });
      throw new Error(`POST https://x?t=${leaks[1]} failed with ${SECRET}`);
    });
    const seen = JSON.stringify([await send(host), host.health(), lines]);
    expect(seen).toContain('failed with [secret]');
    expect(lines.length).toBeGreaterThan(1);
    for (const leak of [...leaks, ...basic]) expect(seen).not.toContain(leak);
  });
});

describe('turns', () => {
  it('no more at a time than the connector takes', async () => {
    let now = 0;
    let most = 0;
    const deliver: Deliver = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return accepted();
    };
    const { host } = await hostWith(deliver, {}, { concurrency: 3 });
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => send(host)));
    expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
    expect(most).toBe(3);
  });

  it('who waits too long is turned away, unsent', async () => {
    let called = 0;
    const deliver: Deliver = async () => (
      called++,
      new Promise((resolve) => setTimeout(() => resolve(accepted()), 80))
    );
    const { host } = await hostWith(deliver, { patience: 20 }, { concurrency: 1 });
    const [first, second] = await Promise.all([send(host), send(host)]);
    expect(first).toMatchObject({ status: 'accepted' });
    expect(second).toMatchObject({ status: 'rejected', code: 'CONNECTOR.BUSY', retryable: true });
    expect(called).toBe(1);
    expect(await send(host)).toMatchObject({ status: 'accepted' });
  });

  it('no more per second than the provider takes', async () => {
    const { host } = await hostWith(
      async () => accepted(),
      { patience: 150 },
      { ratePerSecond: 20, concurrency: 50 },
    );
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => send(host)));
    const taken = outcomes.filter(({ status }) => status === 'accepted').length;
    expect(taken).toBeGreaterThanOrEqual(3);
    expect(taken).toBeLessThanOrEqual(4);
    expect(outcomes.at(-1)).toMatchObject({ code: 'CONNECTOR.RATE_LIMITED', retryable: true, retryAfter: 1 });
  });

  it('leaves a connector alone that keeps failing, then tries once', async () => {
    let called = 0;
    let time = 0;
    let answer: Outcome = unknown();
    const circuit = { failures: 3, openFor: 10_000 };
    const { host, metrics } = await hostWith(async () => (called++, answer), {
      circuit,
      monotonic: () => time,
    });
    for (let i = 0; i < 3; i++) expect((await send(host)).status).toBe('unknown');
    expect(await send(host)).toEqual({
      status: 'rejected',
      code: 'CONNECTOR.CIRCUIT_OPEN',
      retryable: true,
      wait: true,
      retryAfter: 10,
    });
    expect(called).toBe(3);
    expect(host.health()[0]?.status).toBe('degraded');
    expect(await metrics.text()).toContain('repartee_connector_circuit_open{connector="sms-test"} 1');
    time += 10_000;
    await send(host);
    expect(await send(host)).toMatchObject({ code: 'CONNECTOR.CIRCUIT_OPEN', retryAfter: 20 });
    expect(called).toBe(4);
    time += 20_000;
    answer = accepted();
    expect((await send(host)).status).toBe('accepted');
    expect((await send(host)).status).toBe('accepted');
    expect(host.health()[0]?.status).toBe('up');
  });

  it('refusals of single messages say nothing of the provider', async () => {
    let time = 0;
    let answer: Outcome = rejected('SMS.NO', { retryable: false });
    const circuit = { failures: 2, openFor: 10_000 };
    const { host } = await hostWith(async () => answer, { circuit, monotonic: () => time });
    for (let i = 0; i < 5; i++) expect(await send(host)).toMatchObject({ code: 'SMS.NO' });
    answer = unknown();
    for (let i = 0; i < 2; i++) await send(host);
    expect(await send(host)).toMatchObject({ code: 'CONNECTOR.CIRCUIT_OPEN' });
    time += 10_000;
    answer = rejected('SMS.NO', { retryable: false });
    expect(await send(host)).toMatchObject({ code: 'SMS.NO' });
    answer = accepted();
    expect(await send(host)).toMatchObject({ status: 'accepted' });
  });
});

describe('reconcile', () => {
  const attempt = { deliveryId: 'd1', attemptId: 'a1', startedAt: '2030-01-01T00:00:00Z', action };

  it('asks a provider that can be asked', async () => {
    const capabilities = { receipts: true, reconcile: 'query' as const };
    const definitions = [
      testConnector({ capabilities, reconcile: async ({ attemptId }) => accepted(attemptId) }),
    ];
    const { host, app } = await startHost({ definitions });
    running.push(app);
    expect(await host.reconcile('sms-test', attempt)).toEqual({ status: 'accepted', providerId: 'a1' });
  });

  it('stays unknown otherwise', async () => {
    const { host } = await hostWith(async () => accepted());
    expect(await host.reconcile('sms-test', attempt)).toMatchObject({ status: 'unknown' });
    expect(await host.reconcile('nobody', attempt)).toMatchObject({ status: 'unknown' });
  });
});
