import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { runLoad } from './closed-loop.js';
import { Connection, request } from './connection.js';
import { runPace } from './pace.js';
import { decision, EVENTS_PER_BATCH, get, post, requestMaker, type RequestKind } from './requests.js';
import { PROBE, watchVisibility } from './visibility.js';

type Handler = (asked: IncomingMessage, answer: ServerResponse, body: string) => void;

let handle: Handler;
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((asked, answer) => void text(asked).then((body) => handle(asked, answer, body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

const settings = { key: 'wk_1', people: 1000, run: 'run' };

describe('a connection', () => {
  const ask = async (path = '/') => {
    const connection = new Connection('127.0.0.1', port);
    try {
      return [await request(connection, get(path, 'k')), await request(connection, get(path, 'k'))];
    } finally {
      connection.close();
    }
  };

  it('reads bodies of a stated length, one request after another', async () => {
    handle = (_asked, answer) => void answer.end('grüße');
    expect(await ask()).toEqual([
      { status: 200, body: 'grüße' },
      { status: 200, body: 'grüße' },
    ]);
  });

  it('reads chunked bodies that arrive in pieces', async () => {
    handle = (_asked, answer) => {
      answer.writeHead(201).write('one');
      setTimeout(() => answer.end('two'), 20);
    };
    const whole = { status: 201, body: 'onetwo' };
    expect(await ask()).toEqual([whole, whole]);
  });

  it('opens anew after the server closed', async () => {
    handle = (_asked, answer) => void answer.setHeader('connection', 'close').end('bye');
    expect((await ask()).map(({ body }) => body)).toEqual(['bye', 'bye']);
  });

  it('reports a broken connection', async () => {
    handle = (asked) => void asked.socket.destroy();
    await expect(ask()).rejects.toThrow('closed the connection');
  });
});

describe('requests', () => {
  it.each<[RequestKind, string, number]>([
    ['track', '/v1/track', 1],
    ['batch', '/v1/batch', EVENTS_PER_BATCH],
    ['identify', '/v1/batch', EVENTS_PER_BATCH],
    ['decide', '/v1/decisions', 0],
    ['echo', '/', 0],
  ])('%s is a complete POST to %s with %i events of its own', async (kind, path, events) => {
    const seen: string[] = [];
    handle = (asked, answer, body) => {
      const json = JSON.parse(body) as { batch?: { messageId: string }[]; messageId?: string };
      expect([asked.method, asked.url]).toEqual(['POST', path]);
      const sent = json.batch ?? (json.messageId === undefined ? [] : [{ messageId: json.messageId }]);
      seen.push(...sent.map(({ messageId }) => messageId));
      answer.end('{}');
    };
    const connection = new Connection('127.0.0.1', port);
    const make = requestMaker(kind, settings);
    for (const n of [0, 1, 2]) expect((await request(connection, make(n))).status).toBe(200);
    connection.close();
    expect(new Set(seen).size).toBe(3 * events);
  });

  it('carry the key as user name or as bearer', () => {
    expect(post('/v1/track', 'wk_1', '{}', 'Basic')).toContain(
      `authorization: Basic ${Buffer.from('wk_1:').toString('base64')}\r\n`,
    );
    expect(post('/v1/decisions', 'sk_1', decision('bench-1', 'z'))).toContain(
      'authorization: Bearer sk_1\r\n',
    );
  });
});

describe('a closed loop', () => {
  const load = { settings, request: 'track', connections: 4, warmUpSeconds: 0 } as const;

  it('counts what was accepted, and what was not apart from it', async () => {
    let n = 0;
    handle = (_asked, answer) => void answer.writeHead(n++ % 2 ? 503 : 200).end('{"code":"busy"}');
    const result = await runLoad({ ...load, port, requests: 100 });
    expect(result).toMatchObject({ refused: { 503: 50 }, sample: '{"code":"busy"}' });
    expect(result.rate).toBeGreaterThan(0);
    expect(result.latency.p99).toBeGreaterThanOrEqual(result.latency.p50);
  });

  it('ends after its time', async () => {
    handle = (_asked, answer) => void answer.end('{}');
    const start = performance.now();
    await runLoad({ ...load, port, warmUpSeconds: 0.05, seconds: 0.2 });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('watching visibility', () => {
  it('measures from the 200 to the read that shows the event', async () => {
    const known = new Map<string, number>();
    const delay = { profile: 40, decisions: 80 };
    const shows = (person: string, after: number) =>
      performance.now() - (known.get(person) ?? Infinity) > after;
    handle = (asked, answer, body) => {
      const person = /bench-\d+/.exec(asked.url + body)?.[0] ?? '';
      if (asked.url === '/v1/identify') known.set(person, performance.now());
      if (asked.url?.startsWith('/v1/profiles/'))
        answer.write(shows(person, delay.profile) ? `{"${PROBE.trait}":"yes"}` : '{}');
      if (asked.url === '/v1/decisions')
        answer.write(shows(person, delay.decisions) ? `{"offer":"${PROBE.offer}"}` : '{}');
      answer.end();
    };
    const watch = { port, settings, eventsPerSecond: 100, probesPerSecond: 20, seconds: 0.5, firstPerson: 0 };
    const result = await watchVisibility(watch);
    expect(result).toMatchObject({ lost: 0, refused: 0 });
    expect(result.probes).toBeGreaterThanOrEqual(8);
    expect(result.eventsSent).toBeGreaterThanOrEqual(40);
    // The reader may ask only a while after the event showed, never before: 5 ms allow for the way of the 200.
    expect(result.profile.p50).toBeGreaterThan(delay.profile - 5);
    expect(result.decisions.p50).toBeGreaterThan(delay.decisions - 5);
  });
});

describe('a paced load', () => {
  const pace = { connections: 2, perSecond: 200, seconds: 0.1, what: { request: 'echo', settings } } as const;

  it('counts the wait for a free connection', async () => {
    let busiest = 0;
    let underWay = 0;
    handle = (_asked, answer) => {
      busiest = Math.max(busiest, (underWay += 1));
      setTimeout(() => {
        underWay -= 1;
        answer.end('{}');
      }, 40);
    };
    const { sent, lost, latency } = await runPace({ ...pace, port });
    expect({ sent, lost, busiest }).toEqual({ sent: 20, lost: 0, busiest: 2 });
    // Twenty answers of 40 ms, two at a time, for what was all due after a tenth of a second.
    expect(latency.p99).toBeGreaterThan(200);
  });

  it('does not count how long its warm-up took', async () => {
    let asked = 0;
    handle = (_asked, answer) => void setTimeout(() => answer.end('{}'), (asked += 1) <= 2 ? 1000 : 0);
    const { sent, lost, latency } = await runPace({ ...pace, port, connections: 20, warmUpSeconds: 0.1 });
    expect({ sent, lost }).toEqual({ sent: 40, lost: 0 });
    expect(latency.p99).toBeLessThan(1000);
  });

  it('tells what was refused', async () => {
    handle = (_asked, answer) => void answer.writeHead(503).end('not now');
    expect(await runPace({ ...pace, port })).toMatchObject({ sent: 20, lost: 20, sample: '503 not now' });
  });
});
