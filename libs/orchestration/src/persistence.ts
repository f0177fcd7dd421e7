import type { EntityClass, MigrationClass } from '@repartee/platform';
import { ConnectorEventEntity } from './listeners/connector-event.entity.js';
import { CreateConnectorEvents1790000001210 } from './listeners/create-connector-events.migration.js';
import { CreateWebhooks1790000001170 } from './webhooks/create-webhooks.migration.js';
import {
  WebhookAttemptEntity,
  WebhookEndpointEntity,
  WebhookMessageEntity,
} from './webhooks/webhook.entities.js';

export const orchestrationEntities: EntityClass[] = [
  WebhookEndpointEntity,
  WebhookMessageEntity,
  WebhookAttemptEntity,
  ConnectorEventEntity,
];
export const orchestrationMigrations: MigrationClass[] = [
  CreateWebhooks1790000001170,
  CreateConnectorEvents1790000001210,
];
