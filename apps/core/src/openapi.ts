import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { buildOpenApiDocument } from '@repartee/platform';

/** The OpenAPI document of everything this application routes. */
export function openApiOf(modules: ModulesContainer): object {
  const controllers = new Set<Type<unknown>>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) controllers.add(metatype as Type<unknown>);
  }
  return buildOpenApiDocument([...controllers]);
}
