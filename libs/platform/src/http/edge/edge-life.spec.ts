import { Controller, Get, Inject, Injectable, Module, Param, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { connect, type AddressInfo } from 'node:net';
import { Logger, TelemetryModule, Tracer } from '../../telemetry/index.js';
import { createHttpApplication, HealthChecks, HttpModule, type HttpOptions } from '../index.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
let spans: InMemorySpanExporter;

@Injectable()
class Gate {
  private readonly waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  get count(): number {
    return this.waiting.length;
  }

  open(): void {
    this.waiting.splice(0).forEach((pass) => pass());
  }
}

@Controller()
class SlowController {
  constructor(
    @Inject(Gate) private readonly gate: Gate,
    @Inject(Tracer) private readonly tracer: Tracer,
  ) {}

  @Get('slow')
  async slow(): Promise<object> {
    await this.gate.wait();
    return { done: true };
  }

  @Post('items/:id')
  traced(@Param('id') id: string): Promise<object> {
    return this.tracer.span('use case', {}, () => ({ id, traceparent: this.tracer.currentTraceparent() }));
  }
}

@Injectable()
class LetPass {
  canActivate(): boolean {
    return true;
  }
}

/** An application shuts its exporter down: every one gets its own. */
function testModule() {
  spans = new InMemorySpanExporter();
  @Module({
    imports: [
      TelemetryModule.forRoot({ logLevel: 'silent', defaultMetrics: false, sampleRatio: 0, exporter: spans }),
      HttpModule.forRoot({ idempotency: false }),
    ],
    controllers: [SlowController],
    providers: [Gate, { provide: APP_GUARD, useClass: LetPass }],
  })
  class TestModule {}
  return TestModule;
}

let app: NestFastifyApplication;
let base: string;

async function start(options: Partial<HttpOptions> = {}): Promise<void> {
  app = await createHttpApplication(testModule(), { logger: new Logger({ level: 'silent' }), ...options });
  await app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 4000;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

afterEach(async () => {
  app.get(Gate).open();
  await app.close();
});

describe('health', () => {
  it('says which check fails, and counts critical ones', async () => {
    await start();
    const checks = app.get(HealthChecks);
    const ready = async () => {
      const answer = await fetch(`${base}/health/ready`);
      return [answer.status, await answer.json()] as const;
    };
    expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ status: 'ok' });
    checks.register('database', () => Promise.resolve('18.4'), { critical: true });
    expect(await ready()).toEqual([
      200,
      { status: 'ok', checks: { database: { status: 'ok', critical: true, detail: '18.4' } } },
    ]);
    const refused = () => Promise.reject(new Error('ECONNREFUSED\nstack'));
    checks.register('connector:sms', refused, { critical: false });
    expect(await ready()).toMatchObject([
      200,
      {
        status: 'degraded',
        checks: { 'connector:sms': { status: 'failed', critical: false, detail: 'ECONNREFUSED' } },
      },
    ]);
    checks.register('bus', refused, { critical: true });
    expect(await ready()).toMatchObject([503, { status: 'down' }]);
  });

  it('shows metrics by route pattern', async () => {
    await start();
    await fetch(`${base}/items/7`, { method: 'POST' });
    await fetch(`${base}/nothing/here`);
    const answer = await fetch(`${base}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain(
      'repartee_http_request_duration_seconds_count{method="POST",route="/items/:id",status="201"} 1',
    );
    expect(text).toContain(
      'repartee_http_request_duration_seconds_count{method="GET",route="unrouted",status="404"} 1',
    );
    expect(text).toContain('repartee_http_requests_in_flight 1');
  });
});

describe('overload', () => {
  it('is refused early with Retry-After, health and metrics excepted', async () => {
    await start({ load: { maxInFlight: 2 } });
    const gate = app.get(Gate);
    const served = [fetch(`${base}/slow`), fetch(`${base}/slow`)];
    await until(() => gate.count === 2);
    const refused = await fetch(`${base}/slow`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ code: 'HTTP.OVERLOADED' });
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    expect((await fetch(`${base}/metrics`)).status).toBe(200);
    gate.open();
    expect((await Promise.all(served)).map((answer) => answer.status)).toEqual([200, 200]);
    expect((await fetch(`${base}/items/1`, { method: 'POST' })).status).toBe(201);
  });

  it('is also a lagging event loop', async () => {
    await start({ load: { maxLagMs: 50 } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const end = Date.now() + 1500;
    while (Date.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await fetch(`${base}/items/1`, { method: 'POST' })).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect((await fetch(`${base}/items/1`, { method: 'POST' })).status).toBe(201);
  });
});

describe('traces', () => {
  it('continue the one of the caller', async () => {
    await start();
    const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, 'content-type': 'application/json' };
    const answer = await fetch(`${base}/items/7`, { method: 'POST', headers, body: '{"a":1}' });
    const { traceparent } = (await answer.json()) as { traceparent: string };
    expect(traceparent).toContain(TRACE);
    await until(() => spans.getFinishedSpans().length === 2);
    const [inner, server] = spans.getFinishedSpans();
    expect([inner?.name, server?.name]).toEqual(['use case', 'POST /items/:id']);
    expect(inner?.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
    expect(server?.attributes['http.response.status_code']).toBe(201);
  });
});

describe('a stop', () => {
  it('finishes what is under way, refuses what still comes, and closes kept connections', async () => {
    await start();
    const gate = app.get(Gate);
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    let answers = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answers += text));
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
    await until(() => gate.count === 1);
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await expect(fetch(`${base}/health/live`)).rejects.toThrow();
    socket.write('GET /items/1 HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 30));
    gate.open();
    const since = Date.now();
    await Promise.all([ended, closed]);
    expect(Date.now() - since).toBeLessThan(2000);
    expect(answers).toMatch(/^HTTP\/1\.1 200 [^]*\{"done":true\}HTTP\/1\.1 503 [^]*"HTTP\.UNAVAILABLE"/);
  });
});
