import { failure } from '@repartee/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseTraceparent, SpanKind, type Metrics, type Tracer } from '../../telemetry/index.js';
import type { ProblemFilter } from '../problem/problem-filter.js';
import { ProblemError } from '../problem/problem-error.js';
import type { LoadShedder } from './load-shedder.js';

export interface EdgeParts {
  shedder: LoadShedder;
  problems: ProblemFilter;
  metrics: Metrics | undefined;
  tracer: Tracer | undefined;
}

const END_OF_TURN = 'endOfTurn';
const NUL_IN_URL = /%00|\0/;

/** What happens to every request around its handler, in one hook at each end, to keep the way short. */
export function registerEdgeHooks(server: FastifyInstance, parts: EdgeParts): void {
  const { shedder, problems, tracer } = parts;
  timeAnswers(server, parts.metrics);
  // Not onResponse, which a caller who goes away early never reaches.
  const leave = () => shedder.leave();
  server.decorateReply(END_OF_TURN, function (this: FastifyReply) {
    this.raw.off('close', leave);
    shedder.leave();
  });

  server.addHook('onRequest', (request, reply, done) => {
    shedder.enter();
    reply.raw.on('close', leave);
    const url = request.raw.url ?? '/';
    const refusal = shedder.refusal(url) ?? (NUL_IN_URL.test(url) ? nulInUrl() : undefined);
    if (refusal) {
      problems.answer(new ProblemError(refusal), request, reply);
      return;
    }
    if (tracer === undefined) {
      done();
      return;
    }
    trace(tracer, request, reply, done);
  });
}

/**
 * For an answer that goes on for minutes, as a stream does: from here on it no longer counts as a request under way.
 * To be called once, before the answer ends; whoever calls it keeps a limit of its own.
 */
export function endTurn(reply: FastifyReply): void {
  if (!reply.raw.closed) (reply as FastifyReply & { [END_OF_TURN](): void })[END_OF_TURN]();
}

function nulInUrl() {
  return failure('HTTP.MALFORMED_URL', 'the URL holds NUL');
}

/** Continues the caller's trace. A request without one is the root of a new trace only where traces are exported. */
function trace(tracer: Tracer, request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const header = request.headers['traceparent'];
  const traceparent = typeof header === 'string' && parseTraceparent(header) ? header : undefined;
  if (traceparent === undefined && !tracer.exporting) {
    done();
    return;
  }
  const route = request.routeOptions.url ?? 'unrouted';
  const span = tracer.start(`${request.method} ${route}`, {
    traceparent,
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': request.method, 'http.route': route },
  });
  reply.raw.on('close', () => {
    span.setAttribute('http.response.status_code', reply.statusCode);
    span.end();
  });
  tracer.within(span, done);
}

/** Each route has a hook of its own: to ask a request for its route makes an object of a dozen members each time. */
function timeAnswers(server: FastifyInstance, metrics: Metrics | undefined): void {
  if (!metrics) return;
  const duration = metrics.histogram(
    'repartee_http_request_duration_seconds',
    'Time to answer a request, by route pattern',
    ['method', 'route', 'status'],
  );
  const timer = (route: string) => (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const labels = { method: request.method, route, status: reply.statusCode };
    duration.observe(labels, reply.elapsedTime / 1000);
    done();
  };
  server.addHook('onRoute', (route) => {
    const earlier = route.onResponse === undefined ? [] : [route.onResponse].flat();
    route.onResponse = [...earlier, timer(route.url)];
  });
  const unrouted = timer('unrouted');
  server.addHook('onResponse', (request, reply, done) => {
    if (request.is404) unrouted(request, reply, done);
    else done();
  });
}
