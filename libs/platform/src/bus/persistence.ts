import type { EntityClass, MigrationClass } from '../database/index.js';
import { BusMessageEntity } from './bus-message.entity.js';
import { CreateBus1790000000110 } from './create-bus.migration.js';
import { CreateInbox1790000000160 } from './create-inbox.migration.js';
import { DeadLetterEntity } from './dead-letter.entity.js';
import { InboxEntryEntity } from './inbox-entry.entity.js';

export const busEntities: EntityClass[] = [BusMessageEntity, DeadLetterEntity, InboxEntryEntity];
export const busMigrations: MigrationClass[] = [CreateBus1790000000110, CreateInbox1790000000160];
