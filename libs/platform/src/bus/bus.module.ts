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
import type { NatsConfig } from '../config/index.js';
import { Database } from '../database/index.js';
import { HealthChecks } from '../http/index.js';
import { Tracer } from '../telemetry/index.js';
import { Bus } from './bus.js';
import { BusConnections, connectionOf } from './bus-connections.js';
import { busSettings, type BusOptions } from './bus-settings.js';
import { BusTransportStrategy } from './bus-transport-strategy.js';
import { Carrier } from './carrier.js';
import { DeadLetters } from './dead-letters.js';
import { natsProviders } from './nats/nats.providers.js';
import { PostgresBus } from './postgres-bus.js';
import { PostgresClientProxy } from './postgres-client-proxy.js';
import { PostgresDeadLetters } from './postgres-dead-letters.js';
import { postgresProviders } from './postgres.providers.js';
import { Requests } from './requests.js';
import { TravellingMessages } from './travelling-messages.js';
import { WakeUp } from './wake-up.js';

/**
 * Provides {@link Bus}, {@link DeadLetters}, {@link Requests} and what `connectBus` needs. Wants Clock, Database, Metrics
 * and Tracer around. With `nats`, JetStream carries the messages from the outbox on.
 */
@Module({})
export class BusModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(WakeUp) private readonly wakeUp: WakeUp,
    @Inject(BusConnections) private readonly connections: BusConnections,
    @Inject(Carrier) private readonly carrier: Carrier,
    @Optional() @Inject(HealthChecks) private readonly health?: HealthChecks,
  ) {}

  static forRoot({ nats, ...options }: BusOptions & { nats?: NatsConfig } = {}): DynamicModule {
    const settings = busSettings(options);
    const logger = new Logger('Bus');
    const warn = (error: Error) => logger.warn(`connection: ${error.message}`);
    const providers = [
      {
        provide: BusConnections,
        inject: [Database],
        useFactory: ({ dataSource }: Database) =>
          new BusConnections(connectionOf(dataSource), warn, { durable: nats !== undefined }),
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
      ...(nats ? natsProviders(nats, settings) : postgresProviders(settings)),
    ];
    const exports = [
      Bus,
      DeadLetters,
      Requests,
      TravellingMessages,
      PostgresClientProxy,
      BusTransportStrategy,
    ];
    return { module: BusModule, global: true, providers, exports };
  }

  onModuleInit(): void {
    this.health?.register('bus', () => this.carrier.check(), { critical: true });
    this.carrier.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.carrier.stop();
    await this.wakeUp.stop();
    await this.connections.close();
  }
}
