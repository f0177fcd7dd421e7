import { request } from 'node:http';
import { HOSTILE, sampleOf, type Schema, spoilt } from './testing/hostile.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { until } from './testing/visibly.js';

interface Operation {
  parameters?: { name: string; in: string; $ref?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Sending {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const MANY = 24;
/** A machine that is busy with other things sheds load now and then; who sends heeds `Retry-After` so many times. */
const TRIES = 20;

jest.setTimeout(300_000);

describe('whatever is sent to any route', () => {
  let core: CoreUnderTest;
  let operations: { method: string; path: string; operation: Operation }[];
  let resolve: (ref: string) => Schema;

  beforeAll(async () => {
    core = await startCore();
    const { body } = await core.call<{
      paths: Record<string, Record<string, Operation>>;
      components: { schemas?: Record<string, Schema> };
    }>('GET /openapi.json');
    operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation,
      })),
    );
    resolve = (ref) => body.components.schemas?.[ref.split('/').at(-1) ?? ''] ?? {};
  });
  afterAll(() => core.stop());

  /** @returns what did not go well */
  const send = async (sending: Sending): Promise<string | undefined> => {
    for (let tries = 1; ; tries += 1) {
      const { flaw, retryAfter } = await sendOnce(sending);
      if (flaw === undefined || retryAfter === undefined || tries === TRIES) return flaw;
      await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000));
    }
  };

  /** Plain HTTP: `fetch` would put right some of what is wrong here. */
  const sendOnce = ({ method, path, headers, body }: Sending) =>
    new Promise<{ flaw?: string; retryAfter?: number }>((done) => {
      const { hostname, port } = new URL(core.url);
      const all = {
        authorization: `Bearer ${core.keys.admin}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      };
      const sending = request({ hostname, port, method, path, headers: all }, (answer) => {
        answer.resume();
        const status = answer.statusCode ?? 0;
        // Readiness tells of the machine, which is busy here, and not of what it was asked.
        const busy = status === 503 && path.startsWith('/health/ready');
        const fine = status < 500 || busy;
        const after = answer.headers['retry-after'];
        const retry = status === 503 && after !== undefined ? { retryAfter: Number(after) } : {};
        const flaw = `${status} ${method} ${path} ${body ?? ''}`;
        answer.on('end', () => done(fine ? {} : { flaw, ...retry }));
      });
      sending.on('error', (error) => done({ flaw: `${error.message} ${method} ${path}` }));
      sending.end(body);
    });

  const sendAll = async (sendings: Iterable<Sending>) => {
    const wrong: string[] = [];
    let sent = 0;
    const queue = sendings[Symbol.iterator]();
    const work = async () => {
      for (let next = queue.next(); !next.done; next = queue.next()) {
        sent += 1;
        const flaw = await send(next.value);
        if (flaw !== undefined) wrong.push(flaw.slice(0, 500));
      }
    };
    await Promise.all(Array.from({ length: MANY }, work));
    return { wrong, sent };
  };
  const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const encoded = (value: unknown) => encodeURIComponent(written(value).toWellFormed()).slice(0, 6000);

  it('in paths and queries, it is the sender who is told so', async () => {
    function* sendings(): Generator<Sending> {
      for (const { method, path, operation } of operations) {
        const queries = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
        for (const value of [
          ...HOSTILE,
          '%zz',
          '%00',
          '%c0%af',
          '%ed%a0%80',
          'a%2fb',
          'user_id:',
          ':x',
          'user_id:a:b',
        ]) {
          const text = typeof value === 'string' && value.startsWith('%') ? value : encoded(value);
          if (path.includes('{')) yield { method, path: path.replace(/\{\w+\}/g, text || '%20') };
          const filled = path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
          for (const { name } of queries) yield { method, path: `${filled}?${name}=${text}` };
          for (const { name } of queries)
            yield { method, path: `${filled}?${name}=${text}&${name}=${text}&${name}[a]=1` };
        }
      }
    }
    const { wrong, sent } = await sendAll(sendings());
    expect(sent).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it('in bodies, too', async () => {
    function* sendings(): Generator<Sending> {
      for (const { method, path, operation } of operations) {
        if (method === 'GET') continue;
        const filled = path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
        const schema = operation.requestBody?.content['application/json']?.schema ?? {};
        const sample = sampleOf(schema, resolve);
        yield { method, path: filled, body: JSON.stringify(sample) };
        for (const value of spoilt(sample, 8))
          yield { method, path: filled, body: JSON.stringify(value) ?? '' };
        for (const body of [
          '',
          '{',
          '\u0000',
          '{"a":1}}',
          '[1,',
          '"\\ud800"',
          '{"__proto__":{}}',
          `${'['.repeat(1e4)}`,
        ]) {
          yield { method, path: filled, body };
          for (const type of [
            'text/plain',
            'application/x-www-form-urlencoded',
            'multipart/form-data; boundary=x',
            'nonsense',
            'application/xml',
          ])
            yield { method, path: filled, body, headers: { 'content-type': type } };
        }
      }
    }
    const { wrong, sent } = await sendAll(sendings());
    expect(sent).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });

  it('in headers, too', async () => {
    const names = [
      'authorization',
      'prefer',
      'traceparent',
      'idempotency-key',
      'content-encoding',
      'content-type',
      'origin',
      'accept',
      'if-match',
      'last-event-id',
      'forwarded',
      'x-forwarded-for',
    ];
    const values = [
      '',
      ' ',
      '\t',
      '\xff\xfe',
      'x'.repeat(4000),
      'Bearer',
      'Basic !!!',
      'Basic AAAA',
      'Bearer a.b.c',
      'visible, wait=1e999',
      'visible;wait=-1',
      '00-0-0-00',
      'null',
      'gzip, gzip',
      'a=b; c="d',
      '*',
      'http://',
    ];
    let turn = 0;
    function* sendings(): Generator<Sending> {
      for (const { method, path } of operations) {
        const filled = path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
        for (const name of names)
          for (const value of values.filter((_value, index) => (index + (turn += 1)) % 4 === 0))
            yield {
              method,
              path: filled,
              headers: { [name]: value },
              ...(method === 'POST' && { body: '{"userId":"a","event":"b"}' }),
            };
      }
    }
    const { wrong, sent } = await sendAll(sendings());
    expect(sent).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });

  it('it goes on serving', async () => {
    const ready = async () => (await core.call('GET /health/ready', { key: null })).status === 200;
    await until('it to be ready', ready);
  });
});
