import type { FastifyRequest } from 'fastify';

/**
 * Who calls, as far as the edge must know: idempotency keys are kept per caller. Access provides it; without it, and
 * for callers it does not know, idempotency keys are not heeded.
 */
export abstract class CallerIdentity {
  /** A stable id of the caller's key; undefined for a caller without a valid one. */
  abstract id(request: FastifyRequest): string | undefined;
}
