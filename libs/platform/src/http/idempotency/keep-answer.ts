import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../telemetry/index.js';
import type { Claim, IdempotencyStore } from './idempotency-store.js';

/** What belongs to the answer itself and not to the exchange that carried it. */
const KEPT_HEADERS = [
  'content-type',
  'location',
  'etag',
  'retry-after',
  'cache-control',
  'preference-applied',
];

/**
 * Stores the answer of every run under an idempotency key before it is sent. Given back instead: failures of ours
 * (5xx) and 429, which a repetition may well survive, and answers that stream.
 */
export function keepAnswers(server: FastifyInstance, store: IdempotencyStore, logger: Logger): void {
  server.decorateRequest('idempotency', null);
  server.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('POST')) return;
    const earlier = route.onSend === undefined ? [] : [route.onSend].flat();
    route.onSend = [
      ...earlier,
      (request, reply, payload, done) => {
        const claim = request.idempotency;
        if (claim === null) {
          done(null, payload);
          return;
        }
        settle(store, claim, request, reply, payload)
          // The work is done: its answer goes out even if it cannot be kept.
          .catch((error: unknown) => logger.error('an idempotent answer could not be kept', error, 'Http'))
          .finally(() => done(null, payload));
      },
    ];
  });
}

async function settle(
  store: IdempotencyStore,
  claim: Claim,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  request.idempotency = null;
  const { statusCode: status } = reply;
  const body = bytesOf(payload);
  if (status >= 500 || status === 429 || body === undefined) {
    await store.release(claim);
    return;
  }
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name);
    if (value !== undefined) headers[name] = String(value);
  }
  await store.complete(claim, { status, headers, body });
}

function bytesOf(payload: unknown): Buffer | undefined {
  if (payload === undefined || payload === null) return Buffer.alloc(0);
  if (typeof payload === 'string') return Buffer.from(payload);
  return Buffer.isBuffer(payload) ? payload : undefined;
}
