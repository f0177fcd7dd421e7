import type { EntityClass, MigrationClass } from '../database/index.js';
import { ClockOffsetEntity } from './clock-offset.entity.js';
import { CreateClockOffset1790000000230 } from './create-clock-offset.migration.js';

export { TimeTravel, type BusinessTime } from './time-travel.js';
export { TimeTravelModule } from './time-travel.module.js';

export const timeTravelEntities: EntityClass[] = [ClockOffsetEntity];
export const timeTravelMigrations: MigrationClass[] = [CreateClockOffset1790000000230];
