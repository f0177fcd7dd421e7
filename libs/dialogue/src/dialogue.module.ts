import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { DialoguesController } from './api/dialogues.controller.js';
import { DialoguePersonalData } from './persistence/personal-data.js';
import { RetainedDialogues } from './persistence/retained-dialogues.js';
import { Dialogues } from './persistence/dialogues.js';
import { InboundReviews } from './persistence/reviews/inbound-reviews.js';
import { ReviewPersonalData } from './persistence/reviews/review-personal-data.js';
import { DialogueMerges } from './persistence/merge-participant.js';

@Module({
  imports: [GovernanceModule, MergeParticipantsModule],
  controllers: [DialoguesController],
  providers: [
    DialogueMerges,
    DialoguePersonalData,
    Dialogues,
    InboundReviews,
    RetainedDialogues,
    ReviewPersonalData,
  ],
  exports: [Dialogues, InboundReviews],
})
export class DialogueModule {}
