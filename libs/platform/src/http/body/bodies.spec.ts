import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Logger, TelemetryModule } from '../../telemetry/index.js';
import {
  BodyLimit,
  createHttpApplication,
  RawBody,
  ValidBody,
  ValidParams,
  ValidQuery,
  type ProblemDocument,
} from '../index.js';

const thing = z.strictObject({
  name: z.string().min(1),
  zones: z.array(z.object({ zone: z.string() })).default([]),
});

@Controller('things')
class ThingsController {
  @Post()
  @HttpCode(200)
  create(@ValidBody(thing) body: z.infer<typeof thing>): unknown {
    return { got: body };
  }

  @Post('echo')
  echo(@Body() body: unknown): unknown {
    return { type: typeof body, body };
  }

  @Post('raw')
  @RawBody()
  raw(@Body() body: unknown): unknown {
    return { buffer: Buffer.isBuffer(body), bytes: Buffer.isBuffer(body) ? body.length : -1 };
  }

  @Post('small')
  @BodyLimit(20)
  small(@Body() body: unknown): unknown {
    return { body };
  }

  @Get('list')
  list(@ValidQuery(z.object({ limit: z.coerce.number().int().max(100) })) query: { limit: number }): unknown {
    return query;
  }

  @Get('by-number/:number')
  byNumber(@ValidParams(z.object({ number: z.coerce.number().int() })) params: { number: number }): unknown {
    return params;
  }
}

@Module({
  imports: [TelemetryModule.forRoot({ logLevel: 'silent', defaultMetrics: false })],
  controllers: [ThingsController],
})
class TestModule {}

let app: NestFastifyApplication;
let base: string;

beforeAll(async () => {
  const logger = new Logger({ level: 'silent' });
  app = await createHttpApplication(TestModule, { logger, bodyLimit: 2000 });
  await app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
});

afterAll(() => app.close());

function post(path: string, body: string | Buffer, type?: string, headers: Record<string, string> = {}) {
  return fetch(`${base}${path}`, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
  });
}

async function problem(answer: Response | Promise<Response>): Promise<ProblemDocument> {
  const response = await answer;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const document = (await response.json()) as ProblemDocument;
  expect(document.status).toBe(response.status);
  expect(document.type).toBe(`/docs/errors#${document.code}`);
  return document;
}

describe('bodies', () => {
  it('takes JSON and its relatives', async () => {
    const answer = await post('/things', '{"name":"a"}', 'application/json; charset=utf-8');
    expect(await answer.json()).toEqual({ got: { name: 'a', zones: [] } });
    const cloud = await post('/things/echo', '{"a":1}', 'application/cloudevents+json');
    expect(await cloud.json()).toEqual({ type: 'object', body: { a: 1 } });
  });

  it.each(['{"name":', '{"name":"a"} x', 'nope', '{"a":01}'])(
    'refuses %s as malformed JSON',
    async (body) => {
      expect((await problem(post('/things', body, 'application/json'))).code).toBe('HTTP.MALFORMED_JSON');
    },
  );

  it.each([
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['an escaped __proto__', '{"\\u005f_proto__":{"admin":true}}'],
    ['constructor.prototype', '{"a":[{"constructor":{"prototype":{"x":1}}}]}'],
    ['NUL', '{"name":"a\\u0000b"}'],
    ['a lone surrogate', '{"name":"\\ud800"}'],
    ['1,000 levels', `${'['.repeat(900)}${']'.repeat(900)}`],
  ])('refuses %s', async (_what, body) => {
    expect((await problem(post('/things/echo', body, 'application/json'))).code).toBe('HTTP.MALFORMED_JSON');
  });

  it('keeps what only looks poisonous', async () => {
    const body = '{"constructor":"Ford","text":"__proto__ \\u00e9 \\\\u0000"}';
    const answer = await post('/things/echo', body, 'application/json');
    expect(await answer.json()).toEqual({
      type: 'object',
      body: { constructor: 'Ford', text: '__proto__ é \\u0000' },
    });
  });

  it('takes forms, text, YAML and NDJSON', async () => {
    const form = await post('/things/echo', 'a=1&b=x+y&b=%C3%A9', 'application/x-www-form-urlencoded');
    expect(await form.json()).toEqual({ type: 'object', body: { a: '1', b: ['x y', 'é'] } });
    const parts = new FormData();
    parts.set('List-Unsubscribe', 'One-Click');
    const multipart = await fetch(`${base}/things/echo`, { method: 'POST', body: parts });
    expect(await multipart.json()).toEqual({ type: 'object', body: { 'List-Unsubscribe': 'One-Click' } });
    for (const type of ['text/plain', 'application/yaml', 'text/yaml', 'application/x-ndjson']) {
      expect(await (await post('/things/echo', 'a: 1\n', type)).json()).toEqual({
        type: 'string',
        body: 'a: 1\n',
      });
    }
  });

  it.each([
    ['application/x-www-form-urlencoded', 'a=%zz'],
    ['application/x-www-form-urlencoded', 'a=%00'],
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=b', '--b\r\nnothing'],
  ])('refuses a broken %s', async (type, body) => {
    expect((await problem(post('/things/echo', body, type))).code).toBe('HTTP.MALFORMED_BODY');
  });

  it('refuses what it does not know with 415', async () => {
    expect((await problem(post('/things/echo', 'x', 'application/x-nothing'))).status).toBe(415);
    expect((await problem(post('/things/echo', 'x', 'garbage'))).status).toBe(415);
    expect((await problem(post('/things/echo', 'x'))).status).toBe(415);
    const encoded = post('/things/echo', '{}', 'application/json', { 'content-encoding': 'compress' });
    expect((await problem(encoded)).status).toBe(415);
  });

  it('refuses too large bodies with 413, by route', async () => {
    const large = JSON.stringify({ name: 'a'.repeat(3000) });
    expect((await problem(post('/things/echo', large, 'application/json'))).code).toBe(
      'HTTP.PAYLOAD_TOO_LARGE',
    );
    const small = post('/things/small', '{"name":"more than twenty"}', 'application/json');
    expect((await problem(small)).status).toBe(413);
  });

  it('decodes gzip within the same bound', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    const fine = await post('/things/echo', gzipSync('{"a":1}'), 'application/json', gzip);
    expect(await fine.json()).toEqual({ type: 'object', body: { a: 1 } });
    const bomb = gzipSync(Buffer.alloc(200_000, ' '));
    expect(bomb.length).toBeLessThan(2000);
    expect((await problem(post('/things/echo', bomb, 'application/json', gzip))).status).toBe(413);
    const broken = post('/things/echo', 'not gzip', 'application/json', gzip);
    expect((await problem(broken)).code).toBe('HTTP.MALFORMED_BODY');
  });

  it('hands raw bodies over untouched', async () => {
    const zipped = gzipSync('{"a":1}');
    for (const type of ['application/json', 'text/plain', 'application/x-nothing', undefined]) {
      const answer = await post('/things/raw', zipped, type, { 'content-encoding': 'gzip' });
      expect(await answer.json()).toEqual({ buffer: true, bytes: zipped.length });
    }
  });
});

describe('validation', () => {
  it('points at every break', async () => {
    const body = { name: '', zones: [{ zone: 1 }, {}], 'a/b': 1 };
    const document = await problem(post('/things', JSON.stringify(body), 'application/json'));
    expect(document.code).toBe('HTTP.INVALID_REQUEST');
    expect(document.errors?.map((error) => error.pointer).sort()).toEqual([
      '#/a~1b',
      '#/name',
      '#/zones/0/zone',
      '#/zones/1/zone',
    ]);
  });

  it('checks a missing body, the query and the path', async () => {
    expect((await problem(fetch(`${base}/things`, { method: 'POST' }))).code).toBe('HTTP.INVALID_REQUEST');
    expect(await (await fetch(`${base}/things/list?limit=7`)).json()).toEqual({ limit: 7 });
    expect((await problem(fetch(`${base}/things/list?limit=x`))).errors?.[0]?.pointer).toBe('#/limit');
    expect((await problem(fetch(`${base}/things/by-number/x`))).errors?.[0]?.pointer).toBe('#/number');
  });
});
