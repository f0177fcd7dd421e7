import type { FastifyInstance, FastifyRequest } from 'fastify';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The methods that the path of an unrouted request has a route for. */
export function allowedMethods(request: FastifyRequest): string[] {
  const server: FastifyInstance = request.server;
  const [path = '/'] = (request.raw.url ?? '/').split('?', 1);
  return METHODS.filter((method) => server.findRoute({ method, url: path }) !== null);
}
