export { copyLine, readCopyLine } from './copy-line.js';
export { Database, RetryTransactionError, sqlState, type Transaction } from './database.js';
export {
  createDataSource,
  DatabaseModule,
  type DatabaseOptions,
  type EntityClass,
  type MigrationClass,
} from './database.module.js';
export { alterPartitions } from './alter-partitions.js';
export { MonthlyPartitions } from './monthly-partitions.js';
export { migrate } from './migrate.js';
export { unseen } from './unseen.js';
export { isRowRefused, writeByHalves } from './write-by-halves.js';
