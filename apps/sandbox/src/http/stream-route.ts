import type { FastifyInstance } from 'fastify';

/** Thousands of messages a minute make a few events a second. */
const GATHER_MS = 200;
const HEARTBEAT_MS = 15_000;

/** Something that changes, and how it stands. */
export interface Watched {
  counts(): object;
  /** @returns ends it */
  onChange(listener: () => void): () => void;
}

/** Server-sent events: of each that is watched its name with its counts, now and after every change. */
export function addStreamRoute(server: FastifyInstance, watched: Readonly<Record<string, Watched>>): void {
  server.get('/sandbox/api/stream', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stops = Object.entries(watched).map(([name, one]) =>
      follow(one, () => raw.write(`event: ${name}\ndata: ${JSON.stringify(one.counts())}\n\n`)),
    );
    const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT_MS);
    request.raw.on('close', () => {
      for (const stop of stops) stop();
      clearInterval(heartbeat);
    });
  });
}

/** Tells at once, then of changes, gathered. @returns ends it */
function follow(watched: Watched, tell: () => void): () => void {
  let waiting: NodeJS.Timeout | undefined;
  const gathered = (): void => {
    waiting = undefined;
    tell();
  };
  tell();
  const stop = watched.onChange(() => {
    waiting ??= setTimeout(gathered, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(waiting);
  };
}
