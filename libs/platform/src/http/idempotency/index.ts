import { CreateIdempotencyKey1790000000120 } from './create-idempotency-key.migration.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

export { IdempotencyStore } from './idempotency-store.js';
export const idempotencyEntities = [IdempotencyKey];
export const idempotencyMigrations = [CreateIdempotencyKey1790000000120];
