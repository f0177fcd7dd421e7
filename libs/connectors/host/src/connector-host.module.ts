import { Module, type DynamicModule } from '@nestjs/common';
import { ConnectorHost } from './connector-host.js';
import { CONNECTOR_HOST_OPTIONS, type ConnectorHostOptions } from './connector-host.options.js';

/** Provides {@link ConnectorHost}. Needs the platform's telemetry and a `Clock` in reach. */
@Module({})
export class ConnectorHostModule {
  static forRoot(options: ConnectorHostOptions): DynamicModule {
    return {
      module: ConnectorHostModule,
      providers: [{ provide: CONNECTOR_HOST_OPTIONS, useValue: options }, ConnectorHost],
      exports: [ConnectorHost],
    };
  }
}
