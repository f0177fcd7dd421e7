import type { INestApplication } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
import { FailurePassThroughFilter } from './failure-pass-through.filter.js';
import { BusTransportStrategy } from './bus-transport-strategy.js';

/**
 * Connects the `@EventPattern` handlers of an application to the bus.
 * They run from `app.startAllMicroservices()` until `app.close()`.
 */
export function connectBus(app: INestApplication): void {
  const strategy = app.get(BusTransportStrategy);
  // Filters must stand before handlers are registered, and Nest registers at once unless deferred.
  const bus = app.connectMicroservice({ strategy }, { deferInitialization: true }) as NestMicroservice;
  bus.useGlobalFilters(new FailurePassThroughFilter());
  bus.registerListeners();
  bus.setIsInitialized(true);
  bus.setIsInitHookCalled(true);
}
