import { setTimeout as sleep } from 'node:timers/promises';
import { latencyOf, type Latency } from '../figures.js';
import { Connection, request } from './connection.js';
import { identityRequests, type IdentityRequests } from './identity-requests.js';
import { type RequestKind, requestMaker, type RequestSettings } from './requests.js';

/** Requests at a steady pace: events of identity are answered once they show, all others as they come. */
export interface Pace {
  port: number;
  /** Kept open, as a channel's own server keeps them; what finds none free waits, and its wait counts. */
  connections: number;
  perSecond: number;
  seconds: number;
  what: { identity: IdentityRequests } | { request: RequestKind; settings: RequestSettings };
}

export interface PaceResult {
  /** From the moment it was due to the answer, in milliseconds. */
  latency: Latency;
  sent: number;
  /** Those that were refused, or did not show. */
  lost: number;
  sample?: string;
}

/** Sends requests at their due times. */
export async function runPace(pace: Pace): Promise<PaceResult> {
  const all = Math.round(pace.seconds * pace.perSecond);
  const { what } = pace;
  const make =
    'identity' in what ? identityRequests(what.identity, all) : requestMaker(what.request, what.settings);
  const wanted = 'identity' in what ? '"visible":true' : '';
  const pool = new Pool(pace.port, pace.connections);
  const latencies: number[] = [];
  let sample: string | undefined;
  const one = async (text: string, due: number) => {
    const connection = await pool.take();
    const { status, body } = await request(connection, text);
    if (status === 200 && body.includes(wanted)) latencies.push(performance.now() - due);
    else sample ??= `${status} ${body.slice(0, 300)}`;
    pool.giveBack(connection);
  };
  const underWay: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < all; n += 1) {
    const due = start + (n / pace.perSecond) * 1000;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    underWay.push(one(make(n), due));
  }
  await Promise.all(underWay);
  pool.close();
  const lost = all - latencies.length;
  return { latency: latencyOf(latencies), sent: all, lost, ...(sample === undefined ? {} : { sample }) };
}

class Pool {
  private readonly idle: Connection[];
  private readonly waiting: ((connection: Connection) => void)[] = [];
  private served = 0;

  constructor(port: number, connections: number) {
    this.idle = Array.from({ length: connections }, () => new Connection('127.0.0.1', port));
  }

  take(): Connection | Promise<Connection> {
    return this.idle.pop() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  giveBack(connection: Connection): void {
    const next = this.waiting[this.served];
    if (!next) return void this.idle.push(connection);
    this.served += 1;
    next(connection);
  }

  close(): void {
    for (const connection of this.idle) connection.close();
  }
}
