import type { EntityClass, MigrationClass } from '../database/index.js';
import { BusMessageEntity } from './bus-message.entity.js';
import { CreateBus1790000000110 } from './create-bus.migration.js';
import { DeadLetterEntity } from './dead-letter.entity.js';

export const busEntities: EntityClass[] = [BusMessageEntity, DeadLetterEntity];
export const busMigrations: MigrationClass[] = [CreateBus1790000000110];
