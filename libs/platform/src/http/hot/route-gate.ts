import type { FastifyRequest } from 'fastify';

/** Who lets requests through where Nest's guards do not stand. Access provides it. */
export abstract class RouteGate {
  /**
   * The check of one route, made once.
   * @returns what throws the refusal, or remembers the caller and lets the request through
   */
  abstract of(controller: object, handler: object): (request: FastifyRequest) => void;
}
