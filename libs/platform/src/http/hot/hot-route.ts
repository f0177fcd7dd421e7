import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod, RouteOptions } from 'fastify';
import { setRouteConfig } from '../route-config.js';
import type { RouteGate } from './route-gate.js';

/** A method of a controller that takes the request and the reply as they are, and returns what is answered with 200. */
export type HotHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

interface HotConfig {
  hot?: HotHandler;
}

/**
 * For the few routes on which speed is everything: Fastify calls the method itself, past Nest's router, pipes and
 * interceptors, which cost more than all the rest of a small request (docs/adr/0021-hot-routes.md has the measurement).
 * The access rule holds as ever. A request with an idempotency key takes Nest's way, where such keys are heeded.
 * The method's parameters are `@Req()` and `@Res({ passthrough: true })`, and nothing else.
 */
export function HotRoute(): MethodDecorator {
  return (_target, _name, descriptor) =>
    setRouteConfig(descriptor.value as object, {
      hot: descriptor.value as unknown as HotHandler,
    } satisfies HotConfig);
}

/** Puts the handlers of hot routes in their place as Nest registers its routes. */
export function serveHotRoutes(app: NestFastifyApplication, gate: RouteGate): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route: RouteOptions) => {
      const { hot } = (route.config ?? {}) as HotConfig;
      if (hot) route.handler = handlerOf(hot, instanceWith(hot, app), gate, route.handler);
    });
}

function handlerOf(
  hot: HotHandler,
  instance: object,
  gate: RouteGate,
  nest: RouteHandlerMethod,
): RouteHandlerMethod {
  const check = gate.of(instance.constructor, hot);
  return function (request, reply) {
    if (request.headers['idempotency-key'] !== undefined && !request.takesRawBody)
      return nest.call(this, request, reply);
    check(request);
    return hot.call(instance, request, reply);
  };
}

/** The controller that the method belongs to. */
function instanceWith(method: HotHandler, app: NestFastifyApplication): object {
  for (const module of app.get(ModulesContainer).values()) {
    for (const { instance } of module.controllers.values()) {
      const names = Object.getOwnPropertyNames(Object.getPrototypeOf(instance));
      if (names.some((name) => (instance as Record<string, unknown>)[name] === method)) return instance;
    }
  }
  throw new Error(`no controller has the hot route ${method.name}`);
}
