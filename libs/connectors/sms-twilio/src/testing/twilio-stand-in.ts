import type { Exchange } from '@repartee/contracts/testing';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, pageOf, type StandInMessage } from './twilio-answers.js';

export const ACCOUNT = `AC${'1'.repeat(32)}`;
export const TOKEN = 'an auth token/+ä';
export const SENDERS = ['+15005550006', '+15005550010'];

/** What it does with the next send. */
export interface Script {
  /** An error, with Twilio's code. */
  error?: { status: number; code: number; message?: string; retryAfter?: number };
  /** Whether the text is taken; without an error it is, unless told. */
  takes?: boolean;
  /** Says nothing, or cuts the line. */
  silence?: 'hang' | 'reset';
}

/** Twilio's API, played in the process by a script, with books of what was asked and taken. */
export async function startStandIn() {
  const scripts: Script[] = [];
  const taken: StandInMessage[] = [];
  const exchanges: Exchange[] = [];
  let asked: () => void = () => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number, body: object, headers: Record<string, string> = {}) => {
        exchanges.push({
          method: request.method ?? '',
          url: request.url ?? '',
          ...(form && { form }),
          status,
          answer: body,
        });
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      };
      const form =
        request.method === 'POST' ? new URLSearchParams(Buffer.concat(chunks).toString()) : undefined;
      serve(request, response, form, answer);
      asked();
    });
  });
  function serve(
    request: IncomingMessage,
    response: ServerResponse,
    form: URLSearchParams | undefined,
    answer: (status: number, body: object, headers?: Record<string, string>) => void,
  ): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stand-in');
    const { error, takes = !error, silence } = scripts.shift() ?? {};
    const message = form && messageOf(form, taken.length);
    if (message && takes) taken.push(message);
    if (silence === 'reset') response.destroy();
    else if (silence === 'hang') return;
    else if (error)
      answer(
        error.status,
        { status: error.status, code: error.code, message: error.message ?? 'no', more_info: 'https://x' },
        error.retryAfter === undefined ? {} : { 'retry-after': String(error.retryAfter) },
      );
    else if (message) answer(201, message);
    else if (pathname.endsWith('/Messages.json')) answer(200, pageOf(pathname, searchParams, taken));
    else answer(200, { sid: ACCOUNT, status: 'active' });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    exchanges,
    next: (script: Script) => scripts.push(script),
    /** Resolves at the next request. */
    asked: () => new Promise<void>((resolve) => (asked = resolve)),
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
