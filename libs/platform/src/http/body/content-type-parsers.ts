import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { createHash } from 'node:crypto';
import { ProblemError } from '../problem/problem-error.js';
import { inflateBounded } from './inflate-bounded.js';
import { parseMultipart, parseUrlEncoded } from './parse-form.js';
import { parseJson } from './parse-json.js';
import type { RouteBody } from './route-body.js';
import { leaveBodyToHandler } from './stream-body.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The route takes its body as it comes. */
    takesRawBody: boolean;
    /** SHA-256 of the body's bytes, when the request carries an idempotency key. */
    bodyDigest: Buffer | null;
  }
}

export interface BodyOptions {
  /** Bytes. */
  bodyLimit: number;
  /** Paths, or prefixes that end in `*`, whose routes take a raw body. */
  rawBodyPaths?: readonly string[];
}

type Parser = (body: Buffer, contentType: string) => Result<unknown>;
type Done = (error: Error | null, body?: unknown) => void;

const MULTIPART_LIMIT = 64 * 1024;

const parseText: Parser = (body) => ok(body.toString('utf8'));
const parseJsonBody: Parser = (body) => (body.length === 0 ? ok(undefined) : parseJson(body));
const parseSmallMultipart: Parser = (body, contentType) =>
  body.length > MULTIPART_LIMIT
    ? fail(failure('HTTP.PAYLOAD_TOO_LARGE', `a multipart body may have ${MULTIPART_LIMIT} bytes`))
    : parseMultipart(body, contentType);

const PARSERS: readonly (readonly [string | RegExp, Parser])[] = [
  ['application/json', parseJsonBody],
  [/^application\/[\w.!#$&^-]+\+json(?:;|$)/, parseJsonBody],
  ['application/x-www-form-urlencoded', (body) => parseUrlEncoded(body)],
  ['multipart/form-data', parseSmallMultipart],
  ['text/plain', parseText],
  ['application/yaml', parseText],
  ['application/x-yaml', parseText],
  ['text/yaml', parseText],
  ['text/x-yaml', parseText],
  ['application/x-ndjson', parseText],
  ['text/csv', parseText],
];

/** Registers every media type that is understood, and the routes that take their body raw. */
export function registerBodies(server: FastifyInstance, options: BodyOptions): void {
  server.decorateRequest('takesRawBody', false);
  server.decorateRequest('bodyDigest', null);
  server.addHook('onRoute', (route) => applyRouteBody(route, options.rawBodyPaths ?? []));
  server.removeAllContentTypeParsers();
  const { bodyLimit } = options;
  for (const [type, parse] of PARSERS) {
    server.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, receiver(parse));
  }
  const refuseType: Parser = (body, contentType) =>
    body.length === 0
      ? ok(undefined)
      : fail(
          failure('HTTP.UNSUPPORTED_MEDIA_TYPE', `${contentType || 'no content-type'} is not supported here`),
        );
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, receiver(refuseType));
}

function applyRouteBody(route: RouteOptions, rawBodyPaths: readonly string[]): void {
  const rule = (route.config ?? {}) as RouteBody;
  if (rule.streamBody === true) {
    leaveBodyToHandler(route);
    return;
  }
  if (rule.bodyLimit !== undefined) route.bodyLimit = rule.bodyLimit;
  if (rule.rawBody !== true && !rawBodyPaths.some((path) => covers(path, route.url))) return;
  const earlier = route.onRequest === undefined ? [] : [route.onRequest].flat();
  route.onRequest = [
    (request, _reply, done) => {
      request.takesRawBody = true;
      done();
    },
    ...earlier,
  ];
}

function covers(path: string, url: string): boolean {
  return path.endsWith('*') ? url.startsWith(path.slice(0, -1)) : url === path;
}

/** The one way of every body: raw, plain, or decoded first. */
function receiver(parse: Parser) {
  return (request: FastifyRequest, body: Buffer, done: Done): void => {
    if (request.takesRawBody) {
      done(null, body);
      return;
    }
    const { headers } = request;
    if (headers['idempotency-key'] !== undefined) {
      request.bodyDigest = createHash('sha256').update(body).digest();
    }
    const contentType = headers['content-type'] ?? '';
    const encoding = headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') {
      finish(request, parse(body, contentType), done);
      return;
    }
    void inflateBounded(body, encoding, request.routeOptions.bodyLimit ?? body.length).then((inflated) =>
      finish(request, inflated.ok ? parse(inflated.value, contentType) : inflated, done),
    );
  };
}

function finish(request: FastifyRequest, parsed: Result<unknown>, done: Done): void {
  if (parsed.ok) done(null, parsed.value);
  // What is not there needs no readable body to be told so.
  else if (request.is404) done(null, undefined);
  else done(new ProblemError(parsed.failure));
}
