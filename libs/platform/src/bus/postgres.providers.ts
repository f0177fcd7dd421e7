import type { Provider } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { Metrics, Tracer } from '../telemetry/index.js';
import { BusConnections } from './bus-connections.js';
import { BusMetrics } from './bus-metrics.js';
import type { BusSettings } from './bus-settings.js';
import { BusTransportStrategy } from './bus-transport-strategy.js';
import { Carrier } from './carrier.js';
import { postgresIntake } from './postgres-intake.js';
import { NoRequests, Requests } from './requests.js';
import { NoTravellingMessages, TravellingMessages } from './travelling-messages.js';
import { WakeUp } from './wake-up.js';

/** The bus in PostgreSQL alone. */
export function postgresProviders(settings: BusSettings): Provider[] {
  return [
    {
      provide: Carrier,
      inject: [BusConnections],
      useFactory: (connections: BusConnections): Carrier => ({
        start: () => undefined,
        check: () => connections.query('SELECT 1').then(() => 'PostgreSQL'),
        stop: async () => undefined,
      }),
    },
    { provide: Requests, useClass: NoRequests },
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
