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

/** Who calls a route whose rule has been applied and asks for a key: there is always somebody. */
export function knownCallerOf(request: FastifyRequest): Principal {
  const caller = callerOf(request);
  if (!caller) throw new Error('the route let somebody through whom nobody knows');
  return caller;
}

/** The authenticated {@link Principal}, as parameter of a route. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
