import { ConnectorBegunEntity, CreateBegun1790000000950 } from './remote/index.js';
import { ConnectorSettingsEntity } from './settings/connector-settings.entity.js';
import { CreateConnectorSettings1790000000970 } from './settings/create-connector-settings.migration.js';

export const connectorHostEntities = [ConnectorBegunEntity, ConnectorSettingsEntity];
export const connectorHostMigrations = [CreateBegun1790000000950, CreateConnectorSettings1790000000970];
