import { Logger, type Provider } from '@nestjs/common';
import { Clock } from '../../clock/index.js';
import type { NatsConfig } from '../../config/index.js';
import { Metrics, Tracer } from '../../telemetry/index.js';
import { BusConnections } from '../bus-connections.js';
import { BusMetrics } from '../bus-metrics.js';
import type { BusSettings } from '../bus-settings.js';
import { BusTransportStrategy } from '../bus-transport-strategy.js';
import { Carrier } from '../carrier.js';
import { Requests } from '../requests.js';
import { TravellingMessages } from '../travelling-messages.js';
import { WakeUp } from '../wake-up.js';
import { natsIntake } from './nats-intake.js';
import { NatsLink } from './nats-link.js';
import { NatsMetrics } from './nats-metrics.js';
import { NatsRequests } from './nats-requests.js';
import { StreamedMessages } from './streamed-messages.js';

/** The bus over NATS JetStream, from the outbox on. */
export function natsProviders(config: NatsConfig, settings: BusSettings): Provider[] {
  const logger = new Logger('Bus');
  return [
    {
      provide: NatsLink,
      useFactory: () =>
        new NatsLink(config, { say: (text) => logger.log(text), warn: (text) => logger.warn(text) }),
    },
    {
      provide: Carrier,
      inject: [NatsLink],
      useFactory: (link: NatsLink): Carrier => ({
        start: () => link.start(),
        check: async () => link.check(),
        stop: () => link.stop(),
      }),
    },
    {
      provide: TravellingMessages,
      inject: [NatsLink],
      useFactory: (link: NatsLink) => new StreamedMessages(link),
    },
    { provide: Requests, inject: [NatsLink], useFactory: (link: NatsLink) => new NatsRequests(link) },
    {
      provide: BusTransportStrategy,
      inject: [NatsLink, BusConnections, WakeUp, Clock, Tracer, Metrics],
      useFactory: (
        link: NatsLink,
        connections: BusConnections,
        wakeUp: WakeUp,
        clock: Clock,
        tracer: Tracer,
        all: Metrics,
      ) => {
        const metrics = new BusMetrics(all);
        const natsMetrics = new NatsMetrics(all, () => link.up !== undefined);
        const intake = natsIntake({
          ...{ link, connections, wakeUp, clock, settings, metrics, natsMetrics },
          replicas: config.replicas,
        });
        return new BusTransportStrategy({ intake, system: 'nats', clock, metrics, tracer });
      },
    },
  ];
}
