import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { GovernanceModule } from '@repartee/governance';
import { IdentityModule } from '@repartee/identity';
import { IngestionModule } from '@repartee/ingestion';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileModule } from '@repartee/profile';
import { AuditController } from '../governance/audit.controller.js';
import { ClassificationController } from '../governance/classification.controller.js';
import { RetentionController } from '../governance/retention.controller.js';
import { SourcesController } from '../governance/sources.controller.js';
import { DataSubjects } from './data-subjects.js';
import { DoNotContactController } from './do-not-contact.controller.js';
import { ErasePerson, ErasureBooks } from './erase-person.js';
import { ErasureJob } from './erasure-job.js';
import { ExportPerson } from './export-person.js';
import { PrivacyRequestsController } from './privacy-requests.controller.js';
import { PrivacyController } from './privacy.controller.js';
import { ProfileAudit } from './profile-audit.js';
import { RefusedScreen } from './refused-screen.js';
import { StandingRequests } from './standing-requests.js';

/** What people may ask of those who keep their data, and the rules for keeping it. Wants `OutsideHolders` to be global. */
@Module({
  imports: [
    AccessModule,
    GovernanceModule,
    HousekeepingModule,
    IdentityModule,
    IngestionModule,
    ProfileModule,
  ],
  controllers: [
    AuditController,
    ClassificationController,
    DoNotContactController,
    PrivacyController,
    PrivacyRequestsController,
    RetentionController,
    SourcesController,
  ],
  providers: [
    DataSubjects,
    ErasePerson,
    ErasureBooks,
    ErasureJob,
    ExportPerson,
    ProfileAudit,
    RefusedScreen,
    StandingRequests,
  ],
})
export class PrivacyModule {}
