import type { DynamicModule, ModuleMetadata, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { buildOpenApiDocument } from '@repartee/platform';

/** The OpenAPI document of everything below a module, made when it is first asked for. Nothing has to run for it. */
export class ApiDocument {
  private built?: object;

  constructor(private readonly root: DynamicModule) {}

  get content(): object {
    return (this.built ??= buildOpenApiDocument([...controllersBelow(this.root)]));
  }
}

/** The controllers of a module and of all it imports, as its decorator and its `forRoot` name them. */
export function controllersBelow(root: DynamicModule): Set<Type<unknown>> {
  const controllers = new Set<Type<unknown>>();
  const seen = new Set<object>();
  const visit = (found: NonNullable<ModuleMetadata['imports']>[number]): void => {
    if (found instanceof Promise || 'forwardRef' in found) {
      throw new Error('the document is made without waiting: import modules as they are');
    }
    if (seen.has(found)) return;
    seen.add(found);
    const module = 'module' in found ? found.module : found;
    const dynamic: ModuleMetadata = 'module' in found ? found : {};
    const declared = <T>(key: string) => (Reflect.getMetadata(key, module) ?? []) as T[];
    for (const controller of declared<Type<unknown>>(MODULE_METADATA.CONTROLLERS))
      controllers.add(controller);
    for (const controller of dynamic.controllers ?? []) controllers.add(controller);
    declared<Type<unknown>>(MODULE_METADATA.IMPORTS).forEach(visit);
    dynamic.imports?.forEach(visit);
  };
  visit(root);
  return controllers;
}
