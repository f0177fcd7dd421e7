import type { INestApplication } from '@nestjs/common';
import { failure } from '@repartee/contracts';
import { PROBLEM_CONTENT_TYPE, problemDocument } from '@repartee/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Keys } from './keys.js';

/** What pages of other origins call: the API, and the settings that RudderStack's browser SDK reads first. */
const PATHS = /^\/(?:v1|sourceConfig)(?:[/?]|$)/;
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** What a page may read of an answer beside the headers it always may. */
const EXPOSED = 'ETag, Idempotent-Replayed, Location, Preference-Applied, Retry-After';
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;
const MAX_HEADER_NAMES = 1000;
/** Seconds for which a browser need not ask again. The key is checked on each request all the same. */
const MAX_AGE = '600';

/**
 * Cross-origin requests (Fetch Standard), to be called before the application listens. A preflight names no key,
 * so it passes when any public key allows the origin; on the request itself the caller's own key decides.
 * Credentials are not allowed: keys and tokens travel in headers and bodies. The cookie of a person who signed in is for
 * our own pages alone.
 */
export function registerCors(app: INestApplication): void {
  const keys = app.get(Keys);
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!PATHS.test(request.url)) return done();
    void reply.header('vary', 'Origin');
    const { origin, host } = request.headers;
    if (origin === undefined) return done();
    const preflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    const allowed = keys.allowsOrigin(origin, host);
    if (allowed) void reply.header('access-control-allow-origin', origin);
    if (preflight) return void answerPreflight(request, reply, allowed);
    if (allowed) void reply.header('access-control-expose-headers', EXPOSED);
    done();
  });
}

function answerPreflight(request: FastifyRequest, reply: FastifyReply, allowed: boolean): FastifyReply {
  if (!allowed) {
    const refusal = failure('ACCESS.ORIGIN_NOT_ALLOWED', 'No key may be used from this origin');
    const body = Buffer.from(JSON.stringify(problemDocument(refusal)));
    return reply.code(refusal.status).type(PROBLEM_CONTENT_TYPE).send(body);
  }
  const asked = request.headers['access-control-request-headers'];
  if (asked !== undefined && asked.length <= MAX_HEADER_NAMES && HEADER_NAMES.test(asked)) {
    void reply.header('access-control-allow-headers', asked);
  }
  return reply
    .code(204)
    .headers({
      vary: 'Origin, Access-Control-Request-Headers',
      'access-control-allow-methods': METHODS,
      'access-control-max-age': MAX_AGE,
    })
    .send();
}
