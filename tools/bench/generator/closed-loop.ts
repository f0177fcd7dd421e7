import { latencyOf, type Latency } from '../figures.js';
import { Connection } from './connection.js';
import { requestMaker, type RequestKind, type RequestSettings } from './requests.js';

/** A load in which each connection sends its next request when it has the answer to the last. */
export interface Load {
  port: number;
  request: RequestKind;
  settings: RequestSettings;
  connections: number;
  /** Not counted. */
  warmUpSeconds: number;
  /** Ends after so many seconds, or after so many requests in all. */
  seconds?: number;
  requests?: number;
}

export interface LoadResult {
  /** Answers with a 2xx status per second. */
  rate: number;
  latency: Latency;
  /** How many answers had which other status; 0 is a broken connection. */
  refused: Record<string, number>;
  /** One of those answers, for whoever has to find out why. */
  sample?: string;
  /** How busy the generator was, 1 being one whole core. */
  busy: number;
}

/** Sends the load and reports what came back. */
export function runLoad(load: Load): Promise<LoadResult> {
  return new ClosedLoop(load).run();
}

class ClosedLoop {
  private readonly make: (n: number) => string;
  private readonly latencies: number[] = [];
  private readonly refused: Record<string, number> = {};
  private sample: string | undefined;
  private sent = 0;
  private readonly countFrom: number;
  private readonly end: number;

  constructor(private readonly load: Load) {
    this.make = requestMaker(load.request, load.settings);
    this.countFrom = performance.now() + load.warmUpSeconds * 1000;
    this.end = load.seconds === undefined ? Infinity : this.countFrom + load.seconds * 1000;
  }

  async run(): Promise<LoadResult> {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const connections = Array.from(
      { length: this.load.connections },
      () => new Connection('127.0.0.1', this.load.port),
    );
    await Promise.all(connections.map((connection) => this.keepSending(connection)));
    const now = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    for (const connection of connections) connection.close();
    return {
      rate: this.latencies.length / ((Math.min(now, this.end) - this.countFrom) / 1000),
      latency: latencyOf(this.latencies),
      refused: this.refused,
      ...(this.sample === undefined ? {} : { sample: this.sample }),
      busy: (user + system) / 1000 / (now - start),
    };
  }

  private keepSending(connection: Connection): Promise<void> {
    return new Promise((resolve) => {
      const next = () => {
        const started = performance.now();
        if (started >= this.end || this.sent >= (this.load.requests ?? Infinity)) return resolve();
        const text = this.make(this.sent++);
        connection.send(text, (error, status, body) => {
          this.record(started, error, status, body);
          // A server that refuses at once would otherwise be called again without a turn of the event loop.
          if (error) setTimeout(next, 10);
          else next();
        });
      };
      next();
    });
  }

  private record(started: number, error: Error | undefined, status: number, body: string): void {
    const now = performance.now();
    if (started < this.countFrom || now > this.end) return;
    if (status >= 200 && status < 300) {
      this.latencies.push(now - started);
      return;
    }
    this.refused[status] = (this.refused[status] ?? 0) + 1;
    this.sample ??= error?.message ?? body.slice(0, 500);
  }
}
