export { ApplyConfiguration, type Applied } from './apply/apply-configuration.js';
export { OrchestrationModule } from './orchestration.module.js';
export { PastRecords } from './replay/past-records.js';
export { orchestrationEntities, orchestrationMigrations } from './persistence.js';
