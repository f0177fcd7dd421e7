export { IdentityModule } from './identity.module.js';
export { identityMigrations } from './persistence/create-identity.migration.js';
export { IdentityStore } from './persistence/identity-store.js';
export { identityEntities } from './persistence/identity.entities.js';
