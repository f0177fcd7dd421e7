import type { FastifyRequest, RouteOptions } from 'fastify';
import { Readable } from 'node:stream';

type StreamedRequest = FastifyRequest & { [BODY]?: Readable };
const BODY = Symbol('body');

/** Sets the body aside before it is read, and shows Fastify an empty one of the announced length. */
export function leaveBodyToHandler(route: RouteOptions): void {
  route.bodyLimit = Number.MAX_SAFE_INTEGER;
  const earlier = route.onRequest === undefined ? [] : [route.onRequest].flat();
  route.onRequest = [
    (request, _reply, done) => {
      request.takesRawBody = true;
      done();
    },
    ...earlier,
  ];
  route.preParsing = (request, _reply, payload, done) => {
    (request as StreamedRequest)[BODY] = payload as Readable;
    const announced = Number(request.headers['content-length'] ?? 0);
    done(null, Object.assign(Readable.from([]), { receivedEncodedLength: announced }));
  };
}

/** The body of a route with `@StreamBody()`, as it arrives; not decoded. Empty where the request has none. */
export function bodyStream(request: FastifyRequest): Readable {
  return (request as StreamedRequest)[BODY] ?? request.raw;
}
