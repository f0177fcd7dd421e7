import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CallerIdentity } from './caller-identity.js';
import { registerBodies } from './body/content-type-parsers.js';
import { registerEdgeHooks } from './edge/edge-hooks.js';
import { LoadShedder, type LoadLimits } from './edge/load-shedder.js';
import { answerClientError, answerFrameworkError } from './edge/server-errors.js';
import { stopGracefully } from './edge/graceful-stop.js';
import { serveHotRoutes } from './hot/hot-route.js';
import { RouteGate } from './hot/route-gate.js';
import { IdempotencyGuard } from './idempotency/idempotency.guard.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';
import { keepAnswers } from './idempotency/keep-answer.js';
import { ProblemFilter } from './problem/problem-filter.js';
import { Metrics, Tracer, type Logger } from '../telemetry/index.js';

export interface HttpOptions {
  logger: Logger;
  /** Largest body in bytes, before and after `content-encoding`; 1 MiB unless given. `@BodyLimit` sets it for a route. */
  bodyLimit?: number;
  /** Which proxies are believed about the caller's address; none unless given. */
  trustProxy?: boolean | string | string[];
  /** Paths, or prefixes ending in `*`, whose routes get their body raw; `@RawBody()` says it at the route. */
  rawBodyPaths?: readonly string[];
  load?: LoadLimits;
}

/** The root module of an application. */
export type EntryModule = Type<unknown> | DynamicModule | Promise<DynamicModule>;

const MIB = 1024 * 1024;
/** Tokens and identifiers travel in paths. */
const MAX_PATH_PARAMETER = 4096;

/**
 * A Nest application on Fastify with the product's edge: bounded bodies of every media type we take, problem
 * documents for all that goes wrong, load shedding, metrics and traces, idempotency keys, a graceful stop.
 * `Metrics` and `Tracer` are taken from the module where it provides them (`TelemetryModule`).
 */
export async function createHttpApplication(
  module: EntryModule,
  options: HttpOptions,
): Promise<NestFastifyApplication> {
  const bodyLimit = options.bodyLimit ?? MIB;
  const adapter = new FastifyAdapter({
    bodyLimit,
    trustProxy: options.trustProxy ?? false,
    // A body that trickles in is cut off; large imports have five minutes.
    requestTimeout: 300_000,
    // The shedder does it, with a problem document.
    return503OnClosing: false,
    // RudderStack's SDK asks for `/sourceConfig/`.
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER, ignoreTrailingSlash: true },
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  });
  const server = adapter.getInstance();
  registerBodies(server, { bodyLimit, rawBodyPaths: options.rawBodyPaths });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: options.logger,
    bodyParser: false,
    abortOnError: false,
  });
  const problems = new ProblemFilter(options.logger);
  const shedder = new LoadShedder(options.load);
  app.useGlobalFilters(problems);
  const metrics = optional(app, Metrics);
  registerEdgeHooks(server, { shedder, problems, metrics, tracer: optional(app, Tracer) });
  metrics?.gauge('repartee_http_requests_in_flight', 'Requests under way', [], (gauge) =>
    gauge.set(shedder.inFlight),
  );
  heedIdempotencyKeys(app, options.logger);
  const gate = optional(app, RouteGate);
  if (gate) serveHotRoutes(app, gate);
  stopGracefully(server, shedder);
  server.addHook('onReady', (done) => {
    shedder.start();
    done();
  });
  server.addHook('onClose', (_instance, done) => {
    shedder.stop();
    done();
  });
  return app;
}

/** The guard comes after those of the modules, which know who calls. */
function heedIdempotencyKeys(app: NestFastifyApplication, logger: Logger): void {
  const store = optional(app, IdempotencyStore);
  const callers = optional(app, CallerIdentity);
  if (!store || !callers) return;
  keepAnswers(app.getHttpAdapter().getInstance(), store, logger);
  app.useGlobalGuards(new IdempotencyGuard(store, callers));
}

/** What the module provides under this class, if it does. */
function optional<T>(
  app: NestFastifyApplication,
  token: abstract new (...args: never[]) => T,
): T | undefined {
  try {
    return app.get<T>(token, { strict: false });
  } catch {
    return undefined;
  }
}
