export { agentOf } from './api/call-center/agent-of.js';
export type { CallOutcome } from './api/call-center/conclude-call.js';
export { CALLS, HearCall } from './api/call-center/hear-call.js';
export { IdentifyCaller } from './api/call-center/identify-caller.js';
export { WrongNumbers } from './api/call-center/wrong-numbers.js';
export { NewTasks } from './api/call-center/new-tasks.js';
export { EventStream } from './api/event-stream.js';
export { StreamTickets, TICKET_LIFETIME } from './api/stream-tickets.js';
export { Streams } from './api/streams.js';
export { OVERLAP, type ReadTopic, type TopicItem, TopicTail } from './api/topic-tail.js';
export { DeviceZones } from './api/devices/device-zones.js';
export { CodeSender, PhoneVisits, type SentCode } from './api/kiosk/phone-visits.js';
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
export { CallCenterModule } from './call-center.module.js';
export { QueueStatistics, type QueueStats } from './persistence/agents/queue-stats.js';
export { CallBell } from './persistence/calls/call-bell.js';
export type { CallRecord } from './persistence/calls/call-record.js';
export { CallStore } from './persistence/calls/call-store.js';
export { TaskStore } from './persistence/tasks/task-store.js';
