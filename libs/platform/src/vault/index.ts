import type { EntityClass, MigrationClass } from '../database/index.js';
import { CreateVault1790000000180 } from './create-vault.migration.js';
import { VaultKeyEntity, VaultSecretEntity } from './vault.entities.js';

export { KEY_BYTES } from './envelope.js';
export { KeyRing } from './key-ring.js';
export { KeyRotation, type KeyState, type Rotation } from './key-rotation.js';
export { UnreadableSecretError } from './unreadable-secret.js';
export { Vault } from './vault.js';
export { VaultModule, type VaultOptions } from './vault.module.js';
export const vaultEntities: EntityClass[] = [VaultSecretEntity, VaultKeyEntity];
export const vaultMigrations: MigrationClass[] = [CreateVault1790000000180];
