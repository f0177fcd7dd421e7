import { Module, type DynamicModule } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ConnectorHost } from './connector-host.js';
import { ConnectorReports } from './connector-reports.js';
import { CONNECTOR_HOST_OPTIONS, type ConnectorHostOptions } from './connector-host.options.js';
import { SharedRates } from './rates/shared-rates.js';
import { ConnectorSettings } from './settings/connector-settings.js';
import { SettingsStore } from './settings/settings-store.js';
import { SettingsWatch } from './settings/settings-watch.js';

/**
 * Provides {@link ConnectorHost} and {@link ConnectorReports}, and {@link ConnectorSettings} where they are stored. Needs
 * the platform's telemetry and a `Clock` in reach.
 */
@Module({})
export class ConnectorHostModule {
  static forRoot(options: ConnectorHostOptions): DynamicModule {
    const atRest = options.settingsAtRest
      ? [SettingsStore, SettingsWatch, ConnectorSettings, SharedRates]
      : [];
    return {
      module: ConnectorHostModule,
      imports: options.settingsAtRest ? [HousekeepingModule] : [],
      providers: [
        { provide: CONNECTOR_HOST_OPTIONS, useValue: options },
        ConnectorHost,
        ConnectorReports,
        ...atRest,
      ],
      exports: [ConnectorHost, ConnectorReports, ...(options.settingsAtRest ? [ConnectorSettings] : [])],
    };
  }
}
