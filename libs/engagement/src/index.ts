export { EventStream } from './api/event-stream.js';
export { StreamTickets, TICKET_LIFETIME } from './api/stream-tickets.js';
export { Streams } from './api/streams.js';
export { OVERLAP, type ReadTopic, type TopicItem, TopicTail } from './api/topic-tail.js';
export { KioskModule } from './kiosk.module.js';
export { EngagementModule } from './engagement.module.js';
export { engagementMigrations } from './persistence/create-engagement.migration.js';
export { engagementEntities } from './persistence/engagement.entities.js';
export { Presence, type PresentVisitor } from './persistence/presence.js';
export {
  type PushSubscription,
  PushSubscriptions,
  type SubscribedVisitor,
} from './persistence/push-subscriptions.js';
export { OFFERS_KEPT, type SessionOffer, SessionOffers } from './persistence/session-offers.js';
