export * from './calls/index.js';
export { firstIdAt, type Position, readPosition, timeOfId, writePosition } from './position.js';
export { RecentIds } from './recent-ids.js';
export { formatEvent, HEARTBEAT, type ServerSentEvent } from './server-sent-event.js';
export * from './tasks/index.js';
