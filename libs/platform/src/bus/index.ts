export { Bus, PermanentFailure, type NewMessage } from './bus.js';
export type { RetryPolicy } from './backoff.js';
export { BusConnections, connectionOf } from './bus-connections.js';
export { BusContext } from './bus-context.js';
export { BusMetrics } from './bus-metrics.js';
export { BusModule } from './bus.module.js';
export { BusTransportStrategy } from './bus-transport-strategy.js';
export { busSettings, type BusOptions, type BusSettings } from './bus-settings.js';
export type { DeadLetterCause } from './claimed-message.js';
export { connectBus } from './connect-bus.js';
export {
  type Buried,
  DeadLetters,
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetterQuery,
} from './dead-letters.js';
export { MessageStore } from './message-store.js';
export { natsIntake, type NatsIntakeParts } from './nats/nats-intake.js';
export { NatsLink } from './nats/nats-link.js';
export { NatsMetrics } from './nats/nats-metrics.js';
export { busEntities, busMigrations } from './persistence.js';
export { PostgresBus } from './postgres-bus.js';
export { PostgresClientProxy } from './postgres-client-proxy.js';
export { PostgresDeadLetters } from './postgres-dead-letters.js';
export { postgresIntake } from './postgres-intake.js';
export { Requests, type Answerer } from './requests.js';
export { TravellingMessages, type TravellingMessage } from './travelling-messages.js';
export { WakeUp } from './wake-up.js';
