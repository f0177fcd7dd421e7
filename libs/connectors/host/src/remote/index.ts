export { BegunInbox } from './begun-inbox.js';
export { ConnectorBegunEntity } from './begun.entity.js';
export { CreateBegun1790000000950 } from './create-begun.migration.js';
export { RemoteHostModule } from './remote-host.module.js';
