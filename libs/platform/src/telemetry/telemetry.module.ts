import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DestinationStream } from 'pino';
import { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { Tracer, type TracerOptions } from './tracer.js';

export interface TelemetryOptions extends TracerOptions {
  /** fatal, error, warn, info, debug, trace or silent. */
  logLevel?: string;
  /** Where log lines go; standard output unless given. */
  logDestination?: DestinationStream;
  /** An application that logs before its modules exist hands in its logger; traces are added to it. */
  logger?: Logger;
  /** Whether the metrics of Node.js itself are collected; yes unless told. */
  defaultMetrics?: boolean;
}

/** Provides {@link Logger}, {@link Metrics} and {@link Tracer} to every module; the last spans leave on shutdown. */
@Module({})
export class TelemetryModule implements OnApplicationShutdown {
  constructor(@Inject(Tracer) private readonly tracer: Tracer) {}

  static forRoot(options: TelemetryOptions = {}): DynamicModule {
    const providers = [
      { provide: Tracer, useFactory: () => Tracer.create(options) },
      { provide: Metrics, useFactory: () => new Metrics({ defaults: options.defaultMetrics ?? true }) },
      {
        provide: Logger,
        inject: [Tracer],
        useFactory: (tracer: Tracer) => {
          const { logLevel: level, logDestination: destination } = options;
          const logger = options.logger ?? new Logger({ level, destination });
          logger.followTraces(() => tracer.currentTraceId());
          return logger;
        },
      },
    ];
    return { module: TelemetryModule, global: true, providers, exports: [Logger, Metrics, Tracer] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tracer.shutdown();
  }
}
