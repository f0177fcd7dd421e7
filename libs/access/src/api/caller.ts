import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../domain/index.js';

const CALLER = Symbol('caller');

type CalledRequest = FastifyRequest & { [CALLER]?: Principal };

/** Remembers who calls. */
export function setCaller(request: FastifyRequest, caller: Principal): void {
  (request as CalledRequest)[CALLER] = caller;
}

/** Who calls; undefined on open routes, and where a write key may still be found in a raw body. */
export function callerOf(request: FastifyRequest): Principal | undefined {
  return (request as CalledRequest)[CALLER];
}

/** The authenticated {@link Principal}, as parameter of a route. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
