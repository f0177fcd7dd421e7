export { AddressBook, type AddressSource } from './address-book.js';
export {
  type ChannelConnector,
  ConnectorGateway,
  type SessionPresenter,
  type Turns,
} from './connector-gateway.js';
export { type AddressReport, AddressStates } from './persistence/address-states.js';
export type { DeliverySent } from './conclusions.js';
export { Deliveries, type DeliveryRequest } from './deliveries.js';
export { type EventListener, EventListeners } from './event-listeners.js';
export { DeliveryModule } from './delivery.module.js';
export { optSubject } from './persistence/facts/consent-news.js';
export {
  type ConnectorCard,
  ConnectorDirectory,
  ConnectorSettingsDesk,
  type FactSource,
  FactSources,
  type Heard,
} from './fact-sources.js';
export { type FactDue, FactStore, happenedAt, type StoredFact } from './persistence/facts/fact-store.js';
export { type AddressClaimed, EarlierWords } from './earlier-words.js';
export { receiptNews } from './persistence/facts/receipt-news.js';
export { type PollHealth, Polling } from './polling.js';
export { type MessageToken, MessageTokens } from './message-tokens.js';
export type { AttemptReference } from './persistence/attempts.js';
export { deliveryMigrations } from './persistence/delivery.migrations.js';
export { deliveryEntities } from './persistence/delivery.entities.js';
export { type ReceiptMatch, Receipts } from './receipts.js';
export { type Evidence, type Evidenced, Settlements, type Told } from './settlements.js';
export { type SendHold, SendHolds, SendHoldSource } from './send-holds.js';
