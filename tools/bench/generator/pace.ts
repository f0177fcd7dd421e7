import { setTimeout as sleep } from 'node:timers/promises';
import { latencyOf, type Latency } from '../figures.js';
import { Connection, request } from './connection.js';
import { identityRequests, type IdentityRequests } from './identity-requests.js';

/** Single events at a steady pace, each answered once it shows. */
export interface Pace extends IdentityRequests {
  port: number;
  perSecond: number;
  seconds: number;
}

export interface PaceResult {
  /** From the sending to the answer that says that it shows, in milliseconds. */
  latency: Latency;
  sent: number;
  /** Those that were refused, or did not show. */
  lost: number;
  sample?: string;
}

/** Sends events at their due times, on as many connections as it takes. */
export async function runPace(pace: Pace): Promise<PaceResult> {
  const all = Math.round(pace.seconds * pace.perSecond);
  const make = identityRequests(pace, all);
  const idle: Connection[] = [];
  const latencies: number[] = [];
  let sample: string | undefined;
  const one = async (text: string) => {
    const connection = idle.pop() ?? new Connection('127.0.0.1', pace.port);
    const started = performance.now();
    const { status, body } = await request(connection, text);
    if (status === 200 && body.includes('"visible":true')) latencies.push(performance.now() - started);
    else sample ??= `${status} ${body.slice(0, 300)}`;
    idle.push(connection);
  };
  const underWay: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < all; n += 1) {
    const early = start + (n / pace.perSecond) * 1000 - performance.now();
    if (early > 0) await sleep(early);
    underWay.push(one(make(n)));
  }
  await Promise.all(underWay);
  for (const connection of idle) connection.close();
  const lost = all - latencies.length;
  return { latency: latencyOf(latencies), sent: all, lost, ...(sample === undefined ? {} : { sample }) };
}
