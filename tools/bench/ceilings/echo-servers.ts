import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify from 'fastify';
import { createServer, type AddressInfo } from 'node:net';

const answer = { success: true };

@Controller()
class EchoController {
  @Post()
  accept(@Body() _body: unknown): object {
    return answer;
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

/** Answers every packet with the same bytes: what is left is the generator itself. */
export function startRaw(): Promise<number> {
  const body = JSON.stringify(answer);
  const reply = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const server = createServer({ noDelay: true }, (socket) =>
    socket.on('data', () => socket.write(reply)).on('error', () => socket.destroy()),
  );
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
}

/** Fastify alone: parses JSON, answers JSON. */
export async function startFastify(): Promise<number> {
  const server = fastify();
  server.post('/', () => answer);
  await server.listen({ port: 0, host: '127.0.0.1' });
  return (server.server.address() as AddressInfo).port;
}

/** Nest on Fastify, with nothing of ours. */
export async function startNest(): Promise<number> {
  const app = await NestFactory.create<NestFastifyApplication>(EchoModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
}
