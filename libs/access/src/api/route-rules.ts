import type { INestApplicationContext, Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ROUTE_ACCESS } from '@repartee/platform';
import type { RouteRule } from './allow.js';

/** The rule of a route: its own, else its controller's. */
export function ruleOf(controller: object, handler: object): RouteRule | undefined {
  return (Reflect.getMetadata(ROUTE_ACCESS, handler) ?? Reflect.getMetadata(ROUTE_ACCESS, controller)) as
    RouteRule | undefined;
}

/** Every controller route of the application that has no rule, as `Controller.method`: the guard refuses them all. */
export function routesWithoutRule(app: INestApplicationContext): string[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype),
  );
  return controllers.flatMap((controller) => routesOf(controller as Type)).sort();
}

function routesOf(controller: Type): string[] {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .filter((name) => {
      const handler = prototype[name];
      return handler && Reflect.hasMetadata(PATH_METADATA, handler) && !ruleOf(controller, handler);
    })
    .map((name) => `${controller.name}.${name}`);
}
