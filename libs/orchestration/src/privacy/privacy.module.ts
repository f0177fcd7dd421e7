import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { GovernanceModule } from '@repartee/governance';
import { ProfileModule } from '@repartee/profile';
import { AuditController } from '../governance/audit.controller.js';
import { ClassificationController } from '../governance/classification.controller.js';
import { SourcesController } from '../governance/sources.controller.js';

/** What people may ask of those who keep their data, and the rules for keeping it. */
@Module({
  imports: [AccessModule, GovernanceModule, ProfileModule],
  controllers: [AuditController, ClassificationController, SourcesController],
})
export class PrivacyModule {}
