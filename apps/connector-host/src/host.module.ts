import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DEFAULT_CONCURRENCY, RemoteHostModule } from '@repartee/connector-host';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import {
  BusModule,
  Clock,
  type Config,
  DatabaseModule,
  HttpModule,
  type Logger,
  SystemClock,
  TelemetryModule,
  VaultModule,
} from '@repartee/platform';

export interface HostOptions {
  config: Config;
  databaseUrl: string;
  logger: Logger;
  definitions: readonly ConnectorDefinition[];
}

/** Milliseconds a command may wait here for its turn. */
const PATIENCE = 60_000;

@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
class TimeModule {}

/** Chosen connectors on the bus: wiring only. */
@Module({})
export class HostModule {
  static forRoot({ config, databaseUrl, logger, definitions }: HostOptions): DynamicModule {
    const each = definitions.map(({ capabilities }) => capabilities.concurrency ?? DEFAULT_CONCURRENCY);
    return {
      module: HostModule,
      imports: [
        TimeModule,
        TelemetryModule.forRoot({
          logger,
          serviceName: 'repartee-connector-host',
          sampleRatio: config.traceSampling,
          ...(config.otlpEndpoint !== undefined && { otlpEndpoint: config.otlpEndpoint }),
        }),
        // The core owns the schema.
        DatabaseModule.forRoot({ url: databaseUrl, entities: [], migrations: [] }),
        VaultModule.forRoot({ keys: config.secretsKeys, dataDir: config.dataDir }),
        HttpModule.forRoot({ idempotency: false }),
        // No more in hand than can be begun: what waits here could not be stopped any more.
        BusModule.forRoot({
          source: '/repartee/connector-host',
          concurrencyPerType: Math.max(...each),
          concurrency: 2 * each.reduce((sum, one) => sum + one, 0),
          batchSize: Math.max(...each),
          ...(config.nats && { nats: config.nats }),
        }),
        RemoteHostModule.forRoot({
          definitions,
          environment: config.environment,
          settingsAtRest: true,
          allowPrivateAddresses: false,
          patience: PATIENCE,
        }),
      ],
    };
  }
}
