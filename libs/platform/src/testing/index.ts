export { ManualClock } from './manual-clock.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
