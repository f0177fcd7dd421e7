import { Logger, type Provider } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { Database } from '../database/index.js';
import { Metrics, Tracer } from '../telemetry/index.js';
import { Bus } from './bus.js';
import { BusConnections } from './bus-connections.js';
import { BusMetrics } from './bus-metrics.js';
import type { BusSettings } from './bus-settings.js';
import { BusTransportStrategy } from './bus-transport-strategy.js';
import { Carrier } from './carrier.js';
import { postgresIntake } from './postgres-intake.js';
import { PostgresRequests } from './postgres-requests.js';
import { Requests } from './requests.js';
import { NoTravellingMessages, TravellingMessages } from './travelling-messages.js';
import { WakeUp } from './wake-up.js';

/** The bus in PostgreSQL alone. */
export function postgresProviders(settings: BusSettings): Provider[] {
  const logger = new Logger('Bus');
  return [
    {
      provide: Carrier,
      inject: [BusConnections, Requests],
      useFactory: (connections: BusConnections, requests: PostgresRequests): Carrier => ({
        start: () => undefined,
        check: () => connections.query('SELECT 1').then(() => 'PostgreSQL'),
        stop: () => requests.close(),
      }),
    },
    {
      provide: Requests,
      inject: [Database, Bus, BusTransportStrategy, BusConnections, Clock],
      useFactory: (
        database: Database,
        bus: Bus,
        strategy: BusTransportStrategy,
        connections: BusConnections,
        clock: Clock,
      ) => {
        const onError = (error: Error) => logger.warn(`connection: ${error.message}`);
        return new PostgresRequests({ database, bus, strategy, connections, clock, onError });
      },
    },
    { provide: TravellingMessages, useClass: NoTravellingMessages },
    {
      provide: BusTransportStrategy,
      inject: [BusConnections, WakeUp, Clock, Tracer, Metrics],
      useFactory: (
        connections: BusConnections,
        wakeUp: WakeUp,
        clock: Clock,
        tracer: Tracer,
        all: Metrics,
      ) => {
        const metrics = new BusMetrics(all);
        const intake = postgresIntake({ connections, wakeUp, clock, settings, metrics });
        return new BusTransportStrategy({ intake, system: 'postgresql', clock, metrics, tracer });
      },
    },
  ];
}
