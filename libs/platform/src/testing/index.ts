export { ManualClock } from './manual-clock.js';
export { startNatsServer, type NatsServer } from './nats-server.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
