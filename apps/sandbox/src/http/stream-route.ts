import type { FastifyInstance } from 'fastify';
import type { MailStore } from '../mailbox/mail-store.js';

/** Thousands of mails a minute make a few messages a second. */
const GATHER_MS = 200;
const HEARTBEAT_MS = 15_000;

/** Server-sent events: `mails` with the counts, now and after every change. */
export function addStreamRoute(server: FastifyInstance, store: MailStore): void {
  server.get('/sandbox/api/stream', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    let waiting: NodeJS.Timeout | undefined;
    const send = (): void => {
      waiting = undefined;
      raw.write(`event: mails\ndata: ${JSON.stringify(store.counts())}\n\n`);
    };
    send();
    const stop = store.onChange(() => {
      waiting ??= setTimeout(send, GATHER_MS);
    });
    const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT_MS);
    request.raw.on('close', () => {
      stop();
      clearTimeout(waiting);
      clearInterval(heartbeat);
    });
  });
}
