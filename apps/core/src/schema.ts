import { connectorHostEntities, connectorHostMigrations } from '@repartee/connector-host';
import { accessEntities, accessMigrations } from '@repartee/access';
import { decisioningEntities, decisioningMigrations } from '@repartee/decisioning';
import { deliveryEntities, deliveryMigrations } from '@repartee/delivery';
import { detectionEntities, detectionMigrations } from '@repartee/detection';
import { dialogueEntities, dialogueMigrations } from '@repartee/dialogue';
import { engagementEntities, engagementMigrations } from '@repartee/engagement';
import { experimentsEntities, experimentsMigrations } from '@repartee/experiments';
import { governanceEntities, governanceMigrations } from '@repartee/governance';
import { identityEntities, identityMigrations } from '@repartee/identity';
import { ingestionEntities, ingestionMigrations } from '@repartee/ingestion';
import { itemsEntities, itemsMigrations } from '@repartee/items';
import { learningEntities, learningMigrations } from '@repartee/learning';
import {
  busEntities,
  busMigrations,
  idempotencyEntities,
  idempotencyMigrations,
  timeTravelEntities,
  timeTravelMigrations,
  vaultEntities,
  vaultMigrations,
} from '@repartee/platform';
import { orchestrationEntities, orchestrationMigrations } from '@repartee/orchestration';
import { profileEntities, profileMigrations } from '@repartee/profile';

/** Every table of the product, floor by floor. */
export const entities = [
  ...busEntities,
  ...idempotencyEntities,
  ...timeTravelEntities,
  ...vaultEntities,
  ...governanceEntities,
  ...accessEntities,
  ...ingestionEntities,
  ...identityEntities,
  ...profileEntities,
  ...detectionEntities,
  ...itemsEntities,
  ...learningEntities,
  ...experimentsEntities,
  ...decisioningEntities,
  ...deliveryEntities,
  ...connectorHostEntities,
  ...dialogueEntities,
  ...engagementEntities,
  ...orchestrationEntities,
];

export const migrations = [
  ...busMigrations,
  ...idempotencyMigrations,
  ...timeTravelMigrations,
  ...vaultMigrations,
  ...governanceMigrations,
  ...accessMigrations,
  ...ingestionMigrations,
  ...identityMigrations,
  ...profileMigrations,
  ...detectionMigrations,
  ...itemsMigrations,
  ...learningMigrations,
  ...experimentsMigrations,
  ...decisioningMigrations,
  ...deliveryMigrations,
  ...connectorHostMigrations,
  ...dialogueMigrations,
  ...engagementMigrations,
  ...orchestrationMigrations,
];
