import { Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { failure, fail } from '@repartee/contracts';
import { request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { z } from 'zod';
import { Logger, Metrics, TelemetryModule } from '../../telemetry/index.js';
import { createHttpApplication, orThrow, ValidBody, ValidQuery, type ProblemDocument } from '../index.js';

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

  @Get('list')
  list(@ValidQuery(z.object({ limit: z.coerce.number().int().max(100) })) query: { limit: number }): unknown {
    return query;
  }

  @Get('busy')
  busy(): unknown {
    return orThrow(fail(failure('HTTP.OVERLOADED', 'later', { retryAfter: 1.2, extra: { queue: 7 } })));
  }

  @Get('bug')
  bug(@Query('what') what: string): unknown {
    throw new Error(`secret detail ${what}`);
  }

  @Get(':id')
  one(@Param('id') id: string): unknown {
    return { id };
  }
}

@Module({
  imports: [TelemetryModule.forRoot({ logLevel: 'silent', defaultMetrics: false })],
  controllers: [ThingsController],
})
class TestModule {}

const lines: string[] = [];
let app: NestFastifyApplication;
let base: string;
let port: number;

beforeAll(async () => {
  const logger = new Logger({ destination: { write: (line: string) => void lines.push(line) } });
  app = await createHttpApplication(TestModule, { logger, bodyLimit: 2000 });
  // As access does for CORS.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'OPTIONS' || request.headers.origin === undefined) done();
      else void reply.code(204).header('access-control-allow-origin', '*').send();
    });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
});

afterAll(() => app.close());
beforeEach(() => void lines.splice(0));

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

/** Sends bytes as they are and answers what came back until the connection closed. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('addresses', () => {
  it('mean the same with a slash at the end', async () => {
    expect(await (await fetch(`${base}/things/7/`)).json()).toEqual({ id: '7' });
  });

  it('answers unknown ones with 404, also with a body it cannot read', async () => {
    expect((await problem(fetch(`${base}/nothing?x=1`))).code).toBe('HTTP.NOT_FOUND');
    expect((await problem(post('/nothing', '{', 'application/json'))).status).toBe(404);
    expect((await problem(post('/nothing', 'x', 'application/x-nothing'))).status).toBe(404);
  });

  it('answers wrong methods with 405 and Allow', async () => {
    const answer = await fetch(`${base}/things/7`, { method: 'DELETE' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await problem(answer)).code).toBe('HTTP.METHOD_NOT_ALLOWED');
    const options = await fetch(`${base}/things`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
    expect((await fetch(`${base}/nothing`, { method: 'OPTIONS' })).status).toBe(404);
  });

  it('leaves preflights to the hooks that know origins', async () => {
    const answer = await fetch(`${base}/things`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(answer.headers.get('allow')).toBeNull();
  });

  it('refuses broken escapes, NUL and what is too long', async () => {
    expect(await raw('GET /things/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toContain(
      'HTTP.MALFORMED_URL',
    );
    expect((await problem(fetch(`${base}/things/a%00b`))).code).toBe('HTTP.MALFORMED_URL');
    expect((await problem(fetch(`${base}/things/list?limit=%00`))).code).toBe('HTTP.MALFORMED_URL');
    expect(await (await fetch(`${base}/things/${'a'.repeat(4000)}`)).json()).toEqual({
      id: 'a'.repeat(4000),
    });
    expect((await problem(fetch(`${base}/things/${'a'.repeat(5000)}`))).status).toBe(414);
    expect((await problem(fetch(`${base}/things/${'a'.repeat(20_000)}`))).status).toBe(431);
  });

  it.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['an invalid header', 'GET / HTTP/1.1\r\nhost: x\r\nbad header\u0001: 1\r\n\r\n'],
    ['two lengths', 'POST /things HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ])('answers %s with a 400', async (_what, text) => {
    expect(await raw(text)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('failures', () => {
  it('carries Retry-After and further members', async () => {
    const answer = await fetch(`${base}/things/busy`);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await problem(answer)).toMatchObject({ status: 503, code: 'HTTP.OVERLOADED', queue: 7 });
  });

  it('tells nothing of a bug but where to find it in the log', async () => {
    const document = await problem(fetch(`${base}/things/bug?what=token-123`));
    expect(document).toMatchObject({ status: 500, code: 'HTTP.INTERNAL' });
    expect(JSON.stringify(document)).not.toContain('secret detail');
    const line = JSON.parse(lines[0] ?? '{}') as { err: { stack: string }; instance: string; path: string };
    expect(line).toMatchObject({ instance: document['instance'], path: '/things/bug', level: 'error' });
    expect(line.err.stack).toContain('problems.spec');
  });

  it('does not take a caller who goes away for a failure of ours', async () => {
    for (let time = 0; time < 3; time += 1) {
      await new Promise<void>((resolve) => {
        const request = httpRequest(`${base}/things`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-length': '1000' },
        });
        request.on('error', () => resolve());
        request.write('{"name":', () => setTimeout(() => request.destroy(), 20));
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines).toEqual([]);
    // Nothing of them is left under way either.
    expect(await app.get(Metrics).text()).toMatch(/^repartee_http_requests_in_flight 0$/m);
  });
});
