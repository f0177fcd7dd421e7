export { connectorHostEntities } from './begun.entity.js';
export { connectorHostMigrations } from './create-begun.migration.js';
export { RemoteHostModule } from './remote-host.module.js';
