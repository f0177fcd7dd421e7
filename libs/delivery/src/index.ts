export { type ChannelConnector, ConnectorGateway } from './connector-gateway.js';
export { Deliveries, type DeliveryRequest } from './deliveries.js';
export { DeliveryModule } from './delivery.module.js';
export { type MessageToken, MessageTokens } from './message-tokens.js';
export { deliveryMigrations } from './persistence/create-delivery.migration.js';
export { deliveryEntities } from './persistence/delivery.entities.js';
export {
  type AttemptReference,
  type DeliverySent,
  type Evidence,
  type Evidenced,
  Settlements,
} from './settlements.js';
export { SendGate } from './send-gate.js';
