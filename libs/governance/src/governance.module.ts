import { Module } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { Classifications } from './api/classifications.js';
import { PersonalDataHolders } from './api/personal-data.js';
import { RetainedData } from './api/retained.js';
import { Retention } from './api/retention.js';
import { SourceWatch } from './api/source-watch.js';
import { Sources } from './api/sources.js';
import { TrackingPlans } from './api/tracking-plans.js';
import { AuditLog } from './persistence/audit-log.js';
import { DoNotContact } from './persistence/do-not-contact.js';
import { GovernanceDocuments } from './persistence/governance-documents.js';
import { GovernancePersonalData } from './persistence/governance-personal-data.js';
import { GovernanceRetained } from './persistence/governance-retained.js';
import { PersonStandings } from './persistence/person-standings.js';
import { PlatformPersonalData } from './persistence/platform-personal-data.js';
import { PrivacyRequests } from './persistence/privacy-requests.js';
import { RetentionProgress } from './persistence/retention-progress.js';
import { Revisions } from './persistence/revisions.js';
import { SourceStore } from './persistence/source-store.js';
import { SubjectHasher } from './persistence/subject-hasher.js';

/** What may be kept of whom, and what people asked for. Wants `Database`, `Clock` and `Metrics` to be global. */
@Module({
  imports: [HousekeepingModule],
  providers: [
    AuditLog,
    Classifications,
    DoNotContact,
    GovernanceDocuments,
    GovernancePersonalData,
    GovernanceRetained,
    PersonalDataHolders,
    PersonStandings,
    PlatformPersonalData,
    PrivacyRequests,
    RetainedData,
    Retention,
    RetentionProgress,
    Revisions,
    Sources,
    SourceStore,
    SourceWatch,
    SubjectHasher,
    TrackingPlans,
  ],
  exports: [
    AuditLog,
    Classifications,
    DoNotContact,
    PersonalDataHolders,
    PersonStandings,
    PrivacyRequests,
    RetainedData,
    Retention,
    RetentionProgress,
    Sources,
    SourceWatch,
    SubjectHasher,
    TrackingPlans,
  ],
})
export class GovernanceModule {}
