import { Module } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ReactionsController } from './api/reactions.controller.js';
import { Detection } from './detection.js';
import { ReactionTimers } from './persistence/reaction-timers.js';
import { Reactions } from './persistence/reactions.js';

@Module({
  imports: [HousekeepingModule],
  controllers: [ReactionsController],
  providers: [Detection, Reactions, ReactionTimers],
  exports: [Detection, Reactions, ReactionTimers],
})
export class DetectionModule {}
