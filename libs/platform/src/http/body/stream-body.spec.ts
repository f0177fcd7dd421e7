import { Controller, Module, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Logger } from '../../telemetry/index.js';
import { createHttpApplication } from '../create-http-application.js';
import { Open } from '../route-access.js';
import { StreamBody } from './route-body.js';
import { bodyStream } from './stream-body.js';

const LARGE = 24 * 1024 * 1024;

@Controller()
class Sink {
  @Post('sink')
  @Open('a test')
  @StreamBody()
  async sink(@Req() request: FastifyRequest) {
    let [bytes, pieces] = [0, 0];
    for await (const piece of bodyStream(request) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      pieces += 1;
    }
    return { bytes, inPieces: pieces > 1 };
  }
}

@Module({ controllers: [Sink] })
class SinkModule {}

describe('a body that the handler reads itself', () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    app = await createHttpApplication(SinkModule, { logger: new Logger({ level: 'silent' }) });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/sink`;
  });
  afterAll(() => app.close());

  const send = async (body: RequestInit['body'], type?: string) => {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      ...(type !== undefined && { headers: { 'content-type': type } }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit);
    return (await answer.json()) as object;
  };

  it('comes in pieces, beyond every limit, whatever its type', async () => {
    for (const type of ['text/csv', 'application/gzip', 'application/json', 'nonsense/none'])
      expect(await send(new Uint8Array(LARGE), type)).toEqual({ bytes: LARGE, inPieces: true });
  });

  it('comes without an announced length, too', async () => {
    const chunks = Readable.toWeb(
      Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1000))),
    ) as RequestInit['body'];
    expect(await send(chunks, 'text/csv')).toMatchObject({ bytes: 50_000 });
  });

  it('may be empty', async () => {
    expect(await send(undefined)).toEqual({ bytes: 0, inPieces: false });
    expect(await send('', 'text/csv')).toEqual({ bytes: 0, inPieces: false });
  });
});
