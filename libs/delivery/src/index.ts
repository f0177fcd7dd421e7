export { AddressBook, type AddressSource } from './address-book.js';
export {
  type ChannelConnector,
  ConnectorGateway,
  type SessionPresenter,
  type Turns,
} from './connector-gateway.js';
export type { DeliverySent } from './conclusions.js';
export { Deliveries, type DeliveryRequest } from './deliveries.js';
export { DeliveryModule } from './delivery.module.js';
export { type MessageToken, MessageTokens } from './message-tokens.js';
export type { AttemptReference } from './persistence/attempts.js';
export { deliveryMigrations } from './persistence/delivery.migrations.js';
export { deliveryEntities } from './persistence/delivery.entities.js';
export { type Evidence, type Evidenced, Settlements, type Told } from './settlements.js';
