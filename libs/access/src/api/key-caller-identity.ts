import { Injectable } from '@nestjs/common';
import { CallerIdentity } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { callerOf } from './caller.js';

/** Tells the edge whose idempotency keys are whose: those of the caller that the guard has let through. */
@Injectable()
export class KeyCallerIdentity extends CallerIdentity {
  id(request: FastifyRequest): string | undefined {
    return callerOf(request)?.keyId;
  }
}
