import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { HealthChecks } from './health/health-checks.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';

export interface HttpModuleOptions {
  /** Whether `Idempotency-Key` is heeded; needs `Database` and `Clock`. Yes unless told. */
  idempotency?: boolean;
}

/** Health, metrics and idempotency keys, for the application that {@link createHttpApplication} makes. */
@Module({})
export class HttpModule {
  static forRoot(options: HttpModuleOptions = {}): DynamicModule {
    const providers: Provider[] = [HealthChecks];
    if (options.idempotency !== false) providers.push(IdempotencyStore);
    return {
      module: HttpModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers,
    };
  }
}
