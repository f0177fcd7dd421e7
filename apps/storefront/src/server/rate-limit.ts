import type { FastifyInstance } from 'fastify';
import { sendProblem } from './problem.js';

interface Bucket {
  tokens: number;
  at: number;
}

/** Callers remembered at one time; the one not seen for longest is forgotten first. */
const MOST_CALLERS = 10_000;

/** A token bucket a caller for all that changes something. */
export function limitRate(
  server: FastifyInstance,
  { perSecond, burst }: { perSecond: number; burst: number },
): void {
  const buckets = new Map<string, Bucket>();
  server.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST') return;
    const now = performance.now() / 1000;
    const bucket = buckets.get(request.ip) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perSecond);
    bucket.at = now;
    buckets.delete(request.ip);
    buckets.set(request.ip, bucket);
    const [longest] = buckets.keys();
    if (buckets.size > MOST_CALLERS && longest !== undefined) buckets.delete(longest);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return;
    }
    reply.header('retry-after', String(Math.ceil((1 - bucket.tokens) / perSecond)));
    return sendProblem(reply, {
      status: 429,
      code: 'SHOP.TOO_MANY_REQUESTS',
      title: 'Too many requests',
      detail: 'Please wait a moment and try again.',
    });
  });
}
