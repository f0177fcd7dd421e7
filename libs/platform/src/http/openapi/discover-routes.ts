import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { RouteBody } from '../body/route-body.js';
import { ROUTE_ACCESS } from '../route-access.js';
import { routeDoc, routeSchemas, type ApiDocOptions, type RouteSchemas } from './route-doc.js';

/** One route as its controller declares it. */
export interface DiscoveredRoute {
  controller: Type<unknown>;
  handler: string;
  /** Lower case. */
  method: string;
  /** With Nest's parameters, as `/v1/profiles/:id`. */
  path: string;
  /** Status of an answer that sets none. */
  status: number;
  schemas: RouteSchemas;
  doc: ApiDocOptions | undefined;
  body: RouteBody;
  /** What says who may call it, from the method or its controller; undefined when nothing does. */
  access: unknown;
}

/** Every route of the controllers, sorted by path and method. */
export function discoverRoutes(
  source: INestApplicationContext | readonly Type<unknown>[],
): DiscoveredRoute[] {
  const controllers = 'get' in source ? controllersOf(source) : source;
  return controllers.flatMap(routesOf).sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

function controllersOf(app: INestApplicationContext): Type<unknown>[] {
  const found = new Set<Type<unknown>>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) found.add(metatype as Type<unknown>);
  }
  return [...found];
}

function routesOf(controller: Type<unknown>): DiscoveredRoute[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const prefixes = pathsOf(controller);
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((handler) => {
    const target = prototype[handler] as object;
    const method = Reflect.getMetadata(METHOD_METADATA, target) as RequestMethod | undefined;
    if (method === undefined) return [];
    const route = {
      controller,
      handler,
      method: String(RequestMethod[method]).toLowerCase(),
      status: statusOf(target, method),
      schemas: routeSchemas(target),
      doc: routeDoc(target),
      body: (Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, target) as RouteBody | undefined) ?? {},
      access: (Reflect.getMetadata(ROUTE_ACCESS, target) ??
        Reflect.getMetadata(ROUTE_ACCESS, controller)) as unknown,
    };
    return prefixes.flatMap((prefix) =>
      pathsOf(target).map((path) => ({ ...route, path: join(prefix, path) })),
    );
  });
}

function pathsOf(target: object): string[] {
  const paths = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return [paths ?? '/'].flat();
}

function statusOf(target: object, method: RequestMethod): number {
  const status = Reflect.getMetadata(HTTP_CODE_METADATA, target) as number | undefined;
  return status ?? (method === RequestMethod.POST ? 201 : 200);
}

function join(prefix: string, path: string): string {
  const joined = `/${prefix}/${path}`.replace(/\/{2,}/g, '/');
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
