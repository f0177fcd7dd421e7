import { latencyOf, type Latency } from '../figures.js';
import { Connection } from './connection.js';
import { identityRequests, type IdentityRequests } from './identity-requests.js';
import { type RequestKind, requestMaker, type RequestSettings } from './requests.js';

/** Requests at a steady pace: events of identity are answered once they show, all others as they come. */
export interface Pace {
  port: number;
  /** Open before the first request, as a channel's own server keeps them; what finds none free waits, and its wait counts. */
  connections: number;
  perSecond: number;
  seconds: number;
  /** Before them, at the same pace: connections open, and what came before comes to rest. */
  warmUpSeconds?: number;
  what: { identity: IdentityRequests } | { request: RequestKind; settings: RequestSettings };
}

export interface PaceResult {
  /** From the moment it was due to the answer, in milliseconds, without the warm-up. */
  latency: Latency;
  sent: number;
  /** Those that were refused, or did not show. */
  lost: number;
  sample?: string;
}

/** Sends requests at their due times. */
export function runPace(pace: Pace): Promise<PaceResult> {
  return new PacedLoad(pace).run();
}

/** Holds no object per request: a collection of its own would show as latency of the server. */
class PacedLoad {
  private readonly all: number;
  private readonly ofWarmUp: number;
  private readonly make: (n: number) => string;
  private readonly wanted: string;
  private readonly idle: Connection[];
  private readonly latencies: Float64Array;
  private start = 0;
  private sent = 0;
  private answered = 0;
  private good = 0;
  private measured = 0;
  private sample: string | undefined;
  private finish: () => void = () => {};

  constructor(private readonly pace: Pace) {
    const { connections, perSecond, port, seconds, warmUpSeconds = 0, what } = pace;
    this.ofWarmUp = Math.round(warmUpSeconds * perSecond);
    this.all = this.ofWarmUp + Math.round(seconds * perSecond);
    const identity = 'identity' in what;
    this.make = identity
      ? identityRequests(what.identity, this.all)
      : requestMaker(what.request, what.settings);
    this.wanted = identity ? '"visible":true' : '';
    this.idle = Array.from({ length: connections }, () => new Connection('127.0.0.1', port));
    this.latencies = new Float64Array(this.all);
  }

  async run(): Promise<PaceResult> {
    for (const connection of this.idle) await connection.ready();
    this.start = performance.now();
    const ticks = setInterval(() => this.send(), 1);
    await new Promise<void>((resolve) => {
      this.finish = resolve;
      this.send();
    });
    clearInterval(ticks);
    for (const connection of this.idle) connection.close();
    const latency = latencyOf(this.latencies.subarray(0, this.measured));
    const lost = this.all - this.good;
    return { latency, sent: this.all, lost, ...(this.sample !== undefined && { sample: this.sample }) };
  }

  private dueAt(n: number): number {
    return this.start + (n / this.pace.perSecond) * 1000;
  }

  /** What is due goes out, as far as there are connections free. */
  private send(): void {
    const now = performance.now();
    while (this.sent < this.all && this.dueAt(this.sent) <= now) {
      const connection = this.idle.pop();
      if (!connection) return;
      this.sendOn(connection, this.sent++);
    }
  }

  private sendOn(connection: Connection, n: number): void {
    connection.send(this.make(n), (error, status, body) => {
      if (status >= 200 && status < 300 && body.includes(this.wanted)) {
        this.good += 1;
        if (n >= this.ofWarmUp) this.latencies[this.measured++] = performance.now() - this.dueAt(n);
      } else this.sample ??= error?.message ?? `${status} ${body.slice(0, 300)}`;
      this.idle.push(connection);
      this.answered += 1;
      if (this.answered === this.all) this.finish();
      else this.send();
    });
  }
}
