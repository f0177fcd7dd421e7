import {
  Inject,
  Logger,
  Module,
  Optional,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { Database } from '../database/index.js';
import { HealthChecks } from '../http/index.js';
import { Metrics, Tracer } from '../telemetry/index.js';
import { Bus } from './bus.js';
import { BusConnections, connectionOf } from './bus-connections.js';
import { BusMetrics } from './bus-metrics.js';
import { busSettings, type BusOptions } from './bus-settings.js';
import { DeadLetters } from './dead-letters.js';
import { MessageStore } from './message-store.js';
import { PostgresBus } from './postgres-bus.js';
import { PostgresClientProxy } from './postgres-client-proxy.js';
import { PostgresDeadLetters } from './postgres-dead-letters.js';
import { PostgresTransportStrategy } from './postgres-transport-strategy.js';
import { WakeUp } from './wake-up.js';

/** Provides {@link Bus}, {@link DeadLetters} and what `connectBus` needs. Wants Clock, Database, Metrics and Tracer around. */
@Module({})
export class BusModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(WakeUp) private readonly wakeUp: WakeUp,
    @Inject(BusConnections) private readonly connections: BusConnections,
    @Optional() @Inject(HealthChecks) private readonly health?: HealthChecks,
  ) {}

  static forRoot(options: BusOptions = {}): DynamicModule {
    const settings = busSettings(options);
    const logger = new Logger('Bus');
    const warn = (error: Error) => logger.warn(`connection: ${error.message}`);
    const providers = [
      {
        provide: BusConnections,
        inject: [Database],
        useFactory: ({ dataSource }: Database) => new BusConnections(connectionOf(dataSource), warn),
      },
      {
        provide: WakeUp,
        inject: [BusConnections],
        useFactory: async ({ config }: BusConnections) => {
          const wakeUp = new WakeUp(config, warn);
          await wakeUp.start();
          return wakeUp;
        },
      },
      {
        provide: Bus,
        inject: [Clock, Tracer, WakeUp],
        useFactory: (clock: Clock, tracer: Tracer, wakeUp: WakeUp) =>
          new PostgresBus(clock, tracer, wakeUp, settings),
      },
      {
        provide: DeadLetters,
        inject: [Database, Clock, WakeUp],
        useFactory: (database: Database, clock: Clock, wakeUp: WakeUp) =>
          new PostgresDeadLetters(database, clock, wakeUp),
      },
      {
        provide: PostgresClientProxy,
        inject: [Database, Bus],
        useFactory: (database: Database, bus: Bus) => new PostgresClientProxy(database, bus),
      },
      {
        provide: PostgresTransportStrategy,
        inject: [BusConnections, WakeUp, Clock, Tracer, Metrics],
        useFactory: (
          connections: BusConnections,
          wakeUp: WakeUp,
          clock: Clock,
          tracer: Tracer,
          metrics: Metrics,
        ) =>
          new PostgresTransportStrategy({
            connections,
            wakeUp,
            clock,
            tracer,
            settings,
            store: new MessageStore(connections),
            metrics: new BusMetrics(metrics),
          }),
      },
    ];
    const exports = [Bus, DeadLetters, PostgresClientProxy, PostgresTransportStrategy];
    return { module: BusModule, global: true, providers, exports };
  }

  onModuleInit(): void {
    this.health?.register('bus', async () => void (await this.connections.query('SELECT 1')), {
      critical: true,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.wakeUp.stop();
    await this.connections.close();
  }
}
