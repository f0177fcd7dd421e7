import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ReactionsController } from './api/reactions.controller.js';
import { Detection } from './detection.js';
import { DetectionPersonalData } from './persistence/personal-data.js';
import { ReactionTimers } from './persistence/reaction-timers.js';
import { Reactions } from './persistence/reactions.js';
import { ReactionMerges } from './persistence/merge-participant.js';

@Module({
  imports: [GovernanceModule, MergeParticipantsModule, HousekeepingModule],
  controllers: [ReactionsController],
  providers: [ReactionMerges, Detection, DetectionPersonalData, Reactions, ReactionTimers],
  exports: [Detection, Reactions, ReactionTimers],
})
export class DetectionModule {}
