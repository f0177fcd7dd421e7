export { EmbeddedPostgresError, type EmbeddedPostgresReason } from './embedded-postgres.error.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.js';
