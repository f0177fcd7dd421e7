import { ConnectorBegunEntity, CreateBegun1790000000950 } from './remote/index.js';
import { ConnectorProcessEntity } from './rates/connector-process.entity.js';
import { CreateProcesses1790000000990 } from './rates/create-processes.migration.js';
import { ConnectorSettingsEntity } from './settings/connector-settings.entity.js';
import { CreateConnectorSettings1790000000970 } from './settings/create-connector-settings.migration.js';

export const connectorHostEntities = [ConnectorBegunEntity, ConnectorSettingsEntity, ConnectorProcessEntity];
export const connectorHostMigrations = [
  CreateBegun1790000000950,
  CreateConnectorSettings1790000000970,
  CreateProcesses1790000000990,
];
