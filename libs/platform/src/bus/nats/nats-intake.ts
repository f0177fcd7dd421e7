import type { BusConnections } from '../bus-connections.js';
import { Inbox } from '../inbox.js';
import type { CreateIntake, Intake } from '../intake.js';
import { Maintenance } from '../maintenance.js';
import { MessageStore } from '../message-store.js';
import { Outbox } from '../outbox.js';
import type { PostgresIntakeParts } from '../postgres-intake.js';
import { JetStreamMessages } from './jetstream-messages.js';
import { NatsConsumer } from './nats-consumer.js';
import type { NatsLink } from './nats-link.js';
import type { NatsMetrics } from './nats-metrics.js';
import { Relay } from './relay.js';
import { StreamWatch } from './stream-watch.js';
import { declareTopology } from './topology.js';

export interface NatsIntakeParts extends PostgresIntakeParts {
  link: NatsLink;
  /** Made with `durable`: what is acknowledged to the broker must be on our disk. */
  connections: BusConnections;
  natsMetrics: NatsMetrics;
  replicas: number;
}

/** Messages of one type that all processes together may hold: enough for a hundred processes. */
const MAX_ACK_PENDING = 20_000;

/** Messages go from the outbox to JetStream and come from there. */
export function natsIntake(parts: NatsIntakeParts): CreateIntake {
  return (order): Intake => {
    const { link, connections, clock, settings, natsMetrics } = parts;
    const inbox = new Inbox(connections);
    const messages = new JetStreamMessages(link, inbox, new Outbox(connections), clock);
    const topology = {
      replicas: parts.replicas,
      ackWaitMs: settings.visibilityMs,
      maxAckPending: MAX_ACK_PENDING,
    };
    link.onUp((connection) => declareTopology(connection, order.types, topology));
    const consumer = new NatsConsumer({ ...parts, messages, inbox }, order);
    link.onUp((connection) => consumer.connected(connection));
    const relay = new Relay({ ...parts, metrics: natsMetrics, onError: order.onError });
    const watch = new StreamWatch(link, order.types, natsMetrics);
    // What processes without NATS held when they died, and the space of what went through.
    const store = new MessageStore(connections);
    const maintenance = new Maintenance({ ...parts, ...order, store, onLapse: order.onVerdict });
    return {
      start: () => {
        consumer.start();
        relay.start();
        watch.start();
        maintenance.start();
      },
      stop: async () => {
        await Promise.all([consumer.stop(), relay.stop(), watch.stop(), maintenance.stop()]);
      },
    };
  };
}
