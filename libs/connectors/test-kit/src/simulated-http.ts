import type { RawRequest } from '@repartee/connector-sdk';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  ProviderAnswer,
  ProviderReport,
  SimulatedProvider,
  TakenMessage,
} from './simulated-provider.js';

/** A request as the simulated provider reads it. */
export interface HttpCall {
  method: string;
  /** Path with query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface HttpReply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What is special about one provider that speaks HTTP. */
export interface HttpProtocol {
  /** The connector's settings that lead to `url`, complete, with credentials. */
  settings(url: string): Record<string, unknown>;
  /**
   * Reads a message to be sent; `key` where the provider deduplicates by one. Undefined: the call is about something
   * else, and `other` answers it.
   */
  message(call: HttpCall): (TakenMessage & { key?: string }) | undefined;
  /** What it answers when it took a message; 200 and nothing unless given. */
  accepted?(message: TakenMessage, index: number): HttpReply;
  /** Answers what is no message: queries, checks of credentials. */
  other?(call: HttpCall, taken: readonly (TakenMessage & { key?: string })[]): HttpReply;
  /** The webhook that reports something to `url`, signed. */
  webhook?(report: ProviderReport, url: string): RawRequest;
}

const STATUS = { refuse: 400, unauthorized: 401, throttle: 429, fail: 500 } as const;

/** Starts a provider that speaks HTTP on this machine. */
export async function simulatedHttp(protocol: HttpProtocol): Promise<SimulatedProvider> {
  const answers: ProviderAnswer[] = [];
  const queries: ProviderAnswer[] = [];
  const taken: (TakenMessage & { key?: string })[] = [];
  let heard = () => undefined as void;
  const busy = new Promise<void>((resolve) => (heard = resolve));

  const take = (message: TakenMessage & { key?: string }): number => {
    const known = taken.findIndex(({ key }) => key !== undefined && key === message.key);
    return known >= 0 ? known : taken.push(message) - 1;
  };
  const onCall = (call: HttpCall, response: ServerResponse) => {
    const message = protocol.message(call);
    const answer = (message ? answers : queries).shift() ?? { kind: 'accept' };
    heard();
    if (answer.kind === 'hang') return;
    if (answer.kind === 'reset') return void response.destroy();
    if (answer.kind !== 'accept' && answer.kind !== 'accept-and-hang')
      return send(response, refusalOf(answer, STATUS[answer.kind]));
    if (!message) return send(response, protocol.other?.(call, taken) ?? { status: 404 });
    const index = take(message);
    if (answer.kind === 'accept') send(response, protocol.accepted?.(message, index) ?? { status: 200 });
  };

  const server = createServer(
    (request, response) => void read(request).then((call) => onCall(call, response)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    settings: protocol.settings(url),
    next: (answer) => void answers.push(answer),
    nextQuery: (answer) => void queries.push(answer),
    taken: () => taken,
    busy: () => busy,
    ...(protocol.webhook && { webhook: protocol.webhook }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<HttpCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString(),
  };
}

function refusalOf({ retryAfter, words = 'no' }: ProviderAnswer, status: number): HttpReply {
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ words }),
  };
}

function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  response.writeHead(status, headers).end(body);
}
