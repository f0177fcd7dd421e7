import { Module, type DynamicModule } from '@nestjs/common';
import { ConnectorHost } from './connector-host.js';
import { ConnectorReports } from './connector-reports.js';
import { CONNECTOR_HOST_OPTIONS, type ConnectorHostOptions } from './connector-host.options.js';

/** Provides {@link ConnectorHost} and {@link ConnectorReports}. Needs the platform's telemetry and a `Clock` in reach. */
@Module({})
export class ConnectorHostModule {
  static forRoot(options: ConnectorHostOptions): DynamicModule {
    return {
      module: ConnectorHostModule,
      providers: [{ provide: CONNECTOR_HOST_OPTIONS, useValue: options }, ConnectorHost, ConnectorReports],
      exports: [ConnectorHost, ConnectorReports],
    };
  }
}
