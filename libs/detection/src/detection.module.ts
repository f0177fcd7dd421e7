import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileModule } from '@repartee/profile';
import { Segments } from './api/segments.js';
import { SegmentsController } from './api/segments.controller.js';
import { Detection } from './detection.js';
import { DetectionPersonalData } from './persistence/personal-data.js';
import { ReactionTimers } from './persistence/reaction-timers.js';
import { Reactions } from './persistence/reactions.js';
import { ReactionMerges } from './persistence/merge-participant.js';
import { SegmentMembers } from './persistence/segment-members.js';
import { SegmentWalk } from './persistence/segment-walk.js';

@Module({
  imports: [GovernanceModule, MergeParticipantsModule, HousekeepingModule, ProfileModule],
  controllers: [SegmentsController],
  providers: [
    ReactionMerges,
    Detection,
    DetectionPersonalData,
    Reactions,
    ReactionTimers,
    SegmentMembers,
    Segments,
    SegmentWalk,
  ],
  exports: [Detection, Reactions, ReactionTimers, SegmentMembers],
})
export class DetectionModule {}
