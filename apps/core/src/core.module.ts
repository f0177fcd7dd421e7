import { Global, Module, type DynamicModule } from '@nestjs/common';
import {
  ConnectorHost,
  ConnectorHostModule,
  ConnectorReports,
  ConnectorSettings,
} from '@repartee/connector-host';
import type { Certificate, ConnectorDefinition, ConnectorManifest } from '@repartee/connector-sdk';
import { ContentRenderer } from '@repartee/decisioning';
import {
  ConnectorDirectory,
  ConnectorGateway,
  ConnectorSettingsDesk,
  EventListeners,
  FactSources,
} from '@repartee/delivery';
import { OutsideHolders } from '@repartee/governance';
import { ItemsModule } from '@repartee/items';
import { OrchestrationModule } from '@repartee/orchestration';
import {
  BusModule,
  Clock,
  CONFIG,
  type Config,
  DatabaseModule,
  HappeningsModule,
  HttpModule,
  Logger,
  MovableClock,
  SystemClock,
  TelemetryModule,
  TimeTravelModule,
  VaultModule,
} from '@repartee/platform';
import { certificatesWith } from './certificates.js';
import {
  ConnectorContentRenderer,
  ConnectorOutsideHolders,
  HostConnectorGateway,
  HostConnectorDirectory,
  HostFactSources,
} from './connector-adapters.js';
import { connectors } from './connectors.registry.js';
import { HostEventListeners } from './host-event-listeners.js';
import { remoteConnectors } from './remote-connectors.js';
import { CoreHealth } from './core-health.js';
import { DocsController } from './docs.controller.js';
import { HomeController } from './home.controller.js';
import { ApiDocument } from './openapi.js';
import { entities, migrations } from './schema.js';
import { Seed } from './seed.js';

export interface CoreOptions {
  config: Config;
  databaseUrl: string;
  logger: Logger;
  /** Business time; the system's unless given. */
  clock?: Clock;
  /** Connectors beside those of the registry. */
  connectors?: readonly ConnectorDefinition[];
  /** What those showed in the contract suite. */
  certificates?: readonly Certificate[];
  /** Those among them that are written in another language. */
  manifests?: readonly ConnectorManifest[];
}

/** Time is moved only where the demonstration runs beside its sandbox. */
function clockOf({ seed, pages }: Config): Clock {
  return seed === 'demo' && pages.sandbox !== undefined ? new MovableClock() : new SystemClock();
}

/** The connectors of the core, and what is known of those that run elsewhere. */
function connectorHost(
  { config, connectors: more = [], certificates, manifests = [] }: CoreOptions,
  remote: ReadonlyMap<string, number>,
): DynamicModule {
  return ConnectorHostModule.forRoot({
    definitions: [...connectors, ...more],
    certificates: certificatesWith(certificates),
    environment: config.environment,
    settingsAtRest: true,
    allowPrivateAddresses: false,
    order: config.connectorOrder,
    elsewhere: new Set(remote.keys()),
    answers: new Map(manifests.map(({ name, answers }) => [name, answers])),
  });
}

/** What every floor asks for: configuration, time, connectors. */
@Global()
@Module({})
class GroundModule {
  static forRoot(options: CoreOptions): DynamicModule {
    const { config, clock } = options;
    const remote = remoteConnectors(config, options.manifests ?? []);
    const host = connectorHost(options, remote);
    return {
      module: GroundModule,
      imports: [host],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Clock, useValue: clock ?? clockOf(config) },
        {
          provide: ContentRenderer,
          inject: [ConnectorHost],
          useFactory: (connectorHost: ConnectorHost) => new ConnectorContentRenderer(connectorHost),
        },
        {
          provide: ConnectorGateway,
          inject: [ConnectorHost],
          useFactory: (connectorHost: ConnectorHost) => new HostConnectorGateway(connectorHost, remote),
        },
        {
          provide: ConnectorDirectory,
          inject: [ConnectorHost],
          useFactory: (connectorHost: ConnectorHost) => new HostConnectorDirectory(connectorHost),
        },
        { provide: ConnectorSettingsDesk, useExisting: ConnectorSettings },
        {
          provide: FactSources,
          inject: [ConnectorHost, ConnectorReports],
          useFactory: (connectorHost: ConnectorHost, reports: ConnectorReports) =>
            new HostFactSources(connectorHost, reports),
        },
        {
          provide: EventListeners,
          inject: [ConnectorHost],
          useFactory: (connectorHost: ConnectorHost) => new HostEventListeners(connectorHost),
        },
        {
          provide: OutsideHolders,
          inject: [ConnectorHost],
          useFactory: (connectorHost: ConnectorHost) => new ConnectorOutsideHolders(connectorHost),
        },
      ],
      exports: [
        CONFIG,
        Clock,
        ContentRenderer,
        ConnectorGateway,
        ConnectorDirectory,
        ConnectorSettingsDesk,
        EventListeners,
        FactSources,
        OutsideHolders,
        host,
      ],
    };
  }
}

/** The orchestrator: wiring only. */
@Module({})
export class CoreModule {
  static forRoot(options: CoreOptions): DynamicModule {
    const { config, logger, databaseUrl } = options;
    const root = {
      module: CoreModule,
      imports: [
        GroundModule.forRoot(options),
        TelemetryModule.forRoot({
          logger,
          sampleRatio: config.traceSampling,
          ...(config.otlpEndpoint !== undefined && { otlpEndpoint: config.otlpEndpoint }),
        }),
        DatabaseModule.forRoot({ url: databaseUrl, entities, migrations }),
        TimeTravelModule.forRoot(),
        VaultModule.forRoot({ keys: config.secretsKeys, dataDir: config.dataDir }),
        HttpModule.forRoot(),
        BusModule.forRoot(config.nats && { nats: config.nats }),
        HappeningsModule,
        ItemsModule,
        OrchestrationModule,
      ],
      controllers: [DocsController, HomeController],
    };
    return {
      ...root,
      providers: [CoreHealth, Seed, { provide: ApiDocument, useValue: new ApiDocument(root) }],
    };
  }
}
