import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { redact } from './redact.js';
import { parseTraceparent } from './traceparent.js';
import { Tracer } from './tracer.js';

const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function collectingLogger(options: { level?: string; traceId?: () => string | undefined } = {}) {
  const lines: string[] = [];
  const logger = new Logger({ ...options, destination: { write: (line) => void lines.push(line) } });
  return { logger, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the logger', () => {
  it('writes JSON lines in the shapes Nest uses', () => {
    const { logger, read } = collectingLogger();
    logger.log('started', 'Bootstrap');
    logger.error('failed', 'Error: x\n    at y (z.js:1:2)', 'Scope');
    logger.warn({ deliveryId: 'd1' }, 'slow', 'Delivery');
    logger.debug('not at this level');
    expect(read()).toMatchObject([
      { level: 'info', msg: 'started', context: 'Bootstrap' },
      { level: 'error', msg: 'failed', context: 'Scope', stack: 'Error: x\n    at y (z.js:1:2)' },
      { level: 'warn', msg: 'slow', deliveryId: 'd1', context: 'Delivery' },
    ]);
  });

  it('describes errors with stack and cause, without the parameters of queries', () => {
    const { logger, read } = collectingLogger();
    const cause = Object.assign(new Error('duplicate'), { parameters: ['ann@example.org'], code: '23505' });
    logger.error('saving failed', new Error('save', { cause }), { profileId: 'p1' }, 'Profile');
    const [line] = read();
    expect(line).toMatchObject({
      msg: 'saving failed',
      profileId: 'p1',
      context: 'Profile',
      err: { type: 'Error', message: 'save', cause: { code: '23505', message: 'duplicate' } },
    });
    expect(JSON.stringify(line)).not.toContain('example.org');
  });

  it('carries the running trace', () => {
    const { logger, read } = collectingLogger({ traceId: () => 'abc' });
    logger.log('x');
    expect(read()).toMatchObject([{ traceId: 'abc' }]);
  });
});

describe('redaction', () => {
  it('goes by the names of fields at any depth', () => {
    const line = {
      headers: { Authorization: 'Bearer abc', cookie: 'a=b', 'x-api-key': 'k', accept: '*/*' },
      items: [
        { writeKey: 'w', user_token: 't', clientSecret: 's', email: 'a@b.co', phoneNumber: '+49 30 123456' },
      ],
      emailAddress: 'x',
      tokens: 3,
      key: 'home.hero',
    };
    expect(redact(line)).toEqual({
      headers: {
        Authorization: '[redacted]',
        cookie: '[redacted]',
        'x-api-key': '[redacted]',
        accept: '*/*',
      },
      items: [
        {
          writeKey: '[redacted]',
          user_token: '[redacted]',
          clientSecret: '[redacted]',
          email: '[redacted]',
          phoneNumber: '[redacted]',
        },
      ],
      emailAddress: '[redacted]',
      tokens: 3,
      key: 'home.hero',
    });
  });

  it.each([
    ['mail to ann.b@example.co.uk failed', 'mail to [redacted] failed'],
    ['called +1 415 555 0100 twice', 'called [redacted] twice'],
    ['GET /v1/stream?token=abc&x=1', 'GET /v1/stream?token=[redacted]&x=1'],
    ['postgres://user:pw@host/db', 'postgres://user:[redacted]@host/db'],
    ['sent Basic dXNlcjpwdw==', 'sent Basic [redacted]'],
    ['at node_modules/@nestjs/core@12.5.1/x.js', 'at node_modules/@nestjs/core@12.5.1/x.js'],
    ['1 + 2 took 15 ms', '1 + 2 took 15 ms'],
  ])('masks within texts: %s', (text, expected) => expect(redact(text)).toBe(expected));

  it('ends on cycles', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(JSON.stringify(redact(loop))).toContain('[…]');
  });
});

describe('metrics', () => {
  it('makes a metric once and gives it again', async () => {
    const metrics = new Metrics({ defaults: false });
    metrics.counter('repartee_x_total', 'x', ['kind']).inc({ kind: 'a' });
    metrics.counter('repartee_x_total', 'x', ['kind']).inc({ kind: 'a' });
    metrics.gauge('repartee_depth', 'depth', [], (gauge) => gauge.set(4));
    metrics.histogram('repartee_y_seconds', 'y').observe(0.002);
    const text = await metrics.text();
    expect(text).toContain('repartee_x_total{kind="a"} 2');
    expect(text).toContain('repartee_depth 4');
    expect(text).toContain('repartee_y_seconds_bucket{le="0.0025"} 1');
    expect(() => metrics.gauge('repartee_x_total', 'x')).toThrow('another type');
  });

  it('leaves out what cannot be read, and shows the rest', async () => {
    const metrics = new Metrics({ defaults: false });
    let away = false;
    metrics.gauge('repartee_rows', 'rows', [], async (gauge) => {
      if (away) throw new Error('no database');
      gauge.set(3);
    });
    metrics.counter('repartee_asked_total', 'asked').inc();
    expect(await metrics.registry.metrics()).toContain('repartee_rows 3');
    away = true;
    const without = await metrics.registry.metrics();
    expect(without).toContain('repartee_asked_total 1');
    expect(without).not.toContain('repartee_rows 3');
  });

  it('knows the lag of the event loop', async () => {
    expect(await new Metrics().text()).toContain('nodejs_eventloop_lag_p99_seconds');
  });
});

describe('the tracer', () => {
  it('follows one trace through nested work and over a header', async () => {
    const exporter = new InMemorySpanExporter();
    const tracer = await Tracer.create({ sampleRatio: 1, exporter });
    let header: string | undefined;
    await tracer.span('request', { traceparent: CALLER }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await tracer.span('publish', {}, () => {
        header = tracer.currentTraceparent();
      });
    });
    expect(tracer.currentTraceparent()).toBeUndefined();
    await tracer.span('consume', { traceparent: header, attributes: { type: 'x' } }, () => undefined);
    const spans = exporter.getFinishedSpans();
    expect(spans.map((span) => span.name)).toEqual(['publish', 'request', 'consume']);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(
      new Set(['0af7651916cd43dd8448eb211c80319c']),
    );
    const [publish, request, consume] = spans;
    expect(request?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(publish?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(consume?.parentSpanContext?.spanId).toBe(publish?.spanContext().spanId);
  });

  it('records and passes on what the work throws', async () => {
    const exporter = new InMemorySpanExporter();
    const tracer = await Tracer.create({ sampleRatio: 1, exporter });
    const work = tracer.span('work', {}, () => Promise.reject(new Error('no')));
    await expect(work).rejects.toThrow('no');
    const [span] = exporter.getFinishedSpans();
    expect([span?.status.code, span?.events[0]?.name]).toEqual([2, 'exception']);
  });

  it('keeps traces whole: siblings apart, unsampled ones unsampled', async () => {
    const exporter = new InMemorySpanExporter();
    const tracer = await Tracer.create({ sampleRatio: 0, exporter });
    const headers = await Promise.all(
      [1, 2].map(() => tracer.span('root', {}, () => Promise.resolve(tracer.currentTraceparent()))),
    );
    expect(headers[0]).toMatch(/-00$/);
    expect(headers[0]?.slice(3, 35)).not.toBe(headers[1]?.slice(3, 35));
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('carries trace ids on where nothing is exported, and begins none', async () => {
    const tracer = await Tracer.create();
    expect(await tracer.span('idle', {}, () => tracer.currentTraceparent())).toBeUndefined();
    const header = await tracer.span('a', { traceparent: CALLER }, () => tracer.currentTraceparent());
    expect(header).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[\da-f]{16}-01$/);
    expect(tracer.exporting).toBe(false);
  });

  it.each([
    '',
    'x',
    `${CALLER}-x`,
    CALLER.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32)),
    `ff${CALLER.slice(2)}`,
  ])('does not take %p for a traceparent', (header) => expect(parseTraceparent(header)).toBeUndefined());
});
