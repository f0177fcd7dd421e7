export { Classifications } from './api/classifications.js';
export {
  type ErasePhase,
  type ExportedRecord,
  type OutsideAnswer,
  OutsideHolders,
  PersonalDataHolder,
  PersonalDataHolders,
} from './api/personal-data.js';
export { Retained, RetainedData } from './api/retained.js';
export { Retention, type RetentionFinding } from './api/retention.js';
export { SourceWatch } from './api/source-watch.js';
export { type Source, Sources } from './api/sources.js';
export { TrackingPlans } from './api/tracking-plans.js';
export { GovernanceModule } from './governance.module.js';
export {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditEntry,
  AuditLog,
  type NewAuditEntry,
} from './persistence/audit-log.js';
export { governanceMigrations } from './persistence/create-governance.migration.js';
export { onChannel, DoNotContact, type DoNotContactReason } from './persistence/do-not-contact.js';
export { governanceEntities } from './persistence/governance.entities.js';
export { PersonStandings } from './persistence/person-standings.js';
export {
  type ClaimedRequest,
  type ErasureWork,
  type PrivacyRequest,
  PrivacyRequests,
} from './persistence/privacy-requests.js';
export { type AgingTable, RetainedTable } from './persistence/retained-table.js';
export { type LogPlace, RetentionProgress } from './persistence/retention-progress.js';
export type { SourceFields } from './persistence/source-store.js';
export { SubjectHasher } from './persistence/subject-hasher.js';
