export { ManualClock } from './manual-clock.js';
export { startMailServer, type MailServer, type MailServerOptions } from '../mail-server/index.js';
export { startNatsServer, type NatsServer } from '../nats-server/index.js';
export { startProgram, type RunningProgram } from './program.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
