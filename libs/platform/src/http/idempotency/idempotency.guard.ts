import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { failure } from '@repartee/contracts';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { RouteBody } from '../body/route-body.js';
import type { CallerIdentity } from '../caller-identity.js';
import { orThrow, ProblemError } from '../problem/problem-error.js';
import type { Claim, IdempotencyStore } from './idempotency-store.js';
import { ReadyAnswer } from './ready-answer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The run of this request under its idempotency key, until the answer is stored. */
    idempotency: Claim | null;
  }
}

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/**
 * Lets a POST with an idempotency key through once. A guard, because it must come after those that say who calls, and
 * costs nothing where there is no key.
 */
export class IdempotencyGuard implements CanActivate {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly callers: CallerIdentity,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.method !== 'POST' || request.takesRawBody) return true;
    return this.begin(request, String(key));
  }

  private async begin(request: FastifyRequest, key: string): Promise<boolean> {
    const { ignoresIdempotencyKey } = request.routeOptions.config as RouteBody;
    const caller = this.callers.id(request);
    if (ignoresIdempotencyKey === true || caller === undefined) return true;
    if (!VISIBLE_ASCII.test(key)) {
      throw new ProblemError(
        failure('HTTP.INVALID_IDEMPOTENCY_KEY', 'the header Idempotency-Key is not acceptable'),
      );
    }
    const begun = orThrow(await this.store.begin(caller, key, fingerprint(request)));
    if ('replay' in begun) throw new ReadyAnswer(begun.replay);
    request.idempotency = begun.run;
    return true;
  }
}

function fingerprint(request: FastifyRequest): Buffer {
  const hash = createHash('sha256').update(`${request.method} ${request.raw.url ?? ''}\n`);
  return hash.update(request.bodyDigest ?? '').digest();
}
