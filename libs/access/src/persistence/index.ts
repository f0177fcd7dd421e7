import { AccessKeySecret } from './access-key-secret.entity.js';
import { AccessKey } from './access-key.entity.js';
import { CreateAccess1790000000200 } from './create-access.migration.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningSecret } from './signing-secret.entity.js';

/** The tables of access. */
export const accessEntities = [AccessKey, AccessKeySecret, SigningSecret, SigningKey];

/** The migrations that make them. */
export const accessMigrations = [CreateAccess1790000000200];

export { AccessKeySecret, AccessKey, SigningKey, SigningSecret };
