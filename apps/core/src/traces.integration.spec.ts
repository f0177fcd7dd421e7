import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';
import { TEA_BY_MAIL } from './testing/tea-by-mail.js';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
}

/** Takes traces as an OpenTelemetry collector does (OTLP/HTTP, JSON). */
async function startCollector() {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      spans.push(...resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, spans, close: () => void server.close() };
}

describe('a trace', () => {
  let core: CoreUnderTest;
  let mailbox: Mailbox;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  const action = { channel: 'email', zone: 'email.main' };

  beforeAll(async () => {
    [mailbox, collector] = await Promise.all([openMailbox(), startCollector()]);
    const environment = { ...mailbox.environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    core = await startCore({ environment });
    await apply(core, {
      ...TEA_BY_MAIL,
      reactions: [
        { key: 'now', on: { event: 'Greeted' }, action },
        { key: 'soon', on: { event: 'Waved' }, after: '100ms', action },
      ],
    });
  });
  afterAll(async () => {
    await mailbox.close();
    collector.close();
  });

  it('follows an event through to the connector, at once and after a wait', async () => {
    const traces = { Greeted: 'a'.repeat(32), Waved: 'b'.repeat(32) };
    for (const [event, traceId] of Object.entries(traces)) {
      const userId = event.toLowerCase();
      await visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org` } });
      const headers = { traceparent: `00-${traceId}-${'1'.repeat(16)}-01` };
      await core.call('/v1/track', { body: { userId, event }, headers });
      await mailbox.mailTo(`${userId}@example.org`);
    }
    await core.stop();
    for (const traceId of Object.values(traces)) {
      const trace = collector.spans.filter((span) => span.traceId === traceId);
      expect(trace.map((span) => span.name)).toEqual(
        expect.arrayContaining([
          'POST /v1/track',
          'process reaction.due',
          'send delivery',
          'connector.deliver',
        ]),
      );
      const ids = new Set([...trace.map((span) => span.spanId), '1'.repeat(16)]);
      expect(trace.filter((span) => !ids.has(span.parentSpanId ?? ''))).toEqual([]);
    }
  });
});
