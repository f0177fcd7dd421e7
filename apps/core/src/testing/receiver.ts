import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export interface Arrived {
  path: string;
  headers: Record<string, string>;
  text: string;
  body: { id: string; type: string; subject: string; source: string; data: Record<string, unknown> };
}

type Answer = (arrived: Arrived, response: ServerResponse) => void;

/** Somebody else's server that takes webhooks, path by path. */
export interface Receiver {
  url: string;
  arrived: Arrived[];
  /** What came to a path. */
  at(path: string): Arrived[];
  /** How a path answers from now on; 204 unless told. */
  answer(path: string, answer: Answer | number): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const answers = new Map<string, Answer | number>();
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const path = request.url ?? '';
      const headers = request.headers as Record<string, string>;
      const one = { path, headers, text, body: JSON.parse(text) as Arrived['body'] };
      arrived.push(one);
      const answer = answers.get(path) ?? 204;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else answer(one, response);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    at: (wanted) => arrived.filter(({ path }) => path === wanted),
    answer: (path, answer) => void answers.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
