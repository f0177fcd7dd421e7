import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

export interface HubAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Drops the connection instead of answering. */
  hangUp?: boolean;
  /** Milliseconds before the answer. */
  after?: number;
}

/** A hub on a local port that remembers what it was asked and answers as a test says. */
export class FakeHub {
  readonly requests: SeenRequest[] = [];
  private readonly planned = new Map<string, HubAnswer[]>();
  private sessions = 0;
  private tickets = 0;
  /** The hub's time in ISO 8601, where it says it. */
  now: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeHub> {
    const server = createServer();
    const hub = new FakeHub(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
        hub.requests.push({ path, headers: request.headers, body });
        const { hangUp, status = 200, headers, body: answer = {}, after = 0 } = hub.answer(path, body);
        if (hangUp) return void request.socket.destroy();
        setTimeout(() => {
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end(JSON.stringify(answer));
        }, after);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next answers on this path; after them the usual one. */
  plan(path: string, ...answers: HubAnswer[]): void {
    this.planned.set(path, answers);
  }

  to(path: string): SeenRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  /** Every event of every batch, in the order of arrival. */
  events(): Record<string, unknown>[] {
    return this.to('/v1/batch').flatMap(({ body }) => body['batch'] as Record<string, unknown>[]);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(path: string, body: Record<string, unknown>): HubAnswer {
    const planned = this.planned.get(path)?.shift();
    if (planned) return planned;
    if (path === '/v1/web/session') {
      this.sessions += 1;
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      return {
        body: {
          token: `session-${this.sessions}`,
          expiresAt,
          anonymousId: body['anonymousId'],
          now: this.now,
        },
      };
    }
    if (path === '/v1/stream/tickets') return { body: { ticket: `ticket-${(this.tickets += 1)}` } };
    if (path === '/v1/decisions')
      return { body: { decisionId: 'd1', profileId: null, dialogueId: 'g1', zones: [] } };
    return { body: { success: true } };
  }
}
