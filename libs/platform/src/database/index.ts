export { Database, sqlState, type Transaction } from './database.js';
export {
  createDataSource,
  DatabaseModule,
  type DatabaseOptions,
  type EntityClass,
  type MigrationClass,
} from './database.module.js';
export { migrate } from './migrate.js';
