import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { HousekeepingModule } from '@repartee/platform';
import { ReactionsController } from './api/reactions.controller.js';
import { Detection } from './detection.js';
import { DetectionPersonalData } from './persistence/personal-data.js';
import { ReactionTimers } from './persistence/reaction-timers.js';
import { Reactions } from './persistence/reactions.js';

@Module({
  imports: [GovernanceModule, HousekeepingModule],
  controllers: [ReactionsController],
  providers: [Detection, DetectionPersonalData, Reactions, ReactionTimers],
  exports: [Detection, Reactions, ReactionTimers],
})
export class DetectionModule {}
