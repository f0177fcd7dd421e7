import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `whole`; `no-stream`: only what is told live does not come through; `no-answer`: the hub hears, and its answers are
 * lost; `cut`: nothing goes through.
 */
export type Fault = 'whole' | 'no-stream' | 'no-answer' | 'cut';

const STREAM = '/v1/stream';

/**
 * The line between one browser and the hub, which can be cut. A browser's own offline mode leaves the shared worker
 * that holds the stream on the line.
 */
export class Line {
  private fault: Fault = 'whole';
  /** The last event behind which each request for the stream wanted to go on; '' for the first. */
  readonly streams: string[] = [];

  private constructor(
    private readonly hub: URL,
    private readonly server: Server,
  ) {}

  static async open(hub: string): Promise<Line> {
    const server = createServer();
    const line = new Line(new URL(hub), server);
    server.on('request', (asked, answer) => line.carry(asked, answer));
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return line;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on, also for what is under way. */
  set(fault: Fault): void {
    this.fault = fault;
    if (fault !== 'whole') this.server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private carry(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url ?? '/';
    const live = path.startsWith(STREAM);
    if (live) this.streams.push(String(asked.headers['last-event-id'] ?? ''));
    if (this.fault === 'cut' || (live && this.fault !== 'whole')) return void asked.destroy();
    const { hostname, port } = this.hub;
    const on = request({ hostname, port, path, method: asked.method, headers: asked.headers }, (told) => {
      if (this.fault === 'no-answer' && asked.method !== 'GET') {
        told.resume();
        return void asked.destroy();
      }
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
    });
    on.on('error', () => asked.destroy());
    answer.on('close', () => on.destroy());
    asked.pipe(on);
  }
}
