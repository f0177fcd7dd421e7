import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { GovernanceModule } from '@repartee/governance';
import { ProfileModule } from '@repartee/profile';
import { ChallengersController } from './api/challengers.controller.js';
import { ContextualModel } from './api/contextual-model.js';
import { LearningFeed } from './api/learning-feed.js';
import { ModelsController } from './api/models.controller.js';
import { ModelHealth } from './api/model-health.js';
import { PropensityModel } from './api/propensity-model.js';
import {
  EvidenceStore,
  LaterJudge,
  LearningPersonalData,
  PresentationInbox,
  UpdateLog,
} from './persistence/index.js';
import { DisplayCredits } from './persistence/display-credits.js';
import { RetainedUpdates } from './persistence/retained-updates.js';
import { RetainedPresentations } from './persistence/retained-presentations.js';

/** Provides {@link PropensityModel}. */
@Module({
  imports: [AccessModule, GovernanceModule, ProfileModule],
  controllers: [ModelsController, ChallengersController],
  providers: [
    EvidenceStore,
    DisplayCredits,
    PresentationInbox,
    LaterJudge,
    UpdateLog,
    RetainedPresentations,
    RetainedUpdates,
    LearningPersonalData,
    LearningFeed,
    ContextualModel,
    ModelHealth,
    { provide: PropensityModel, useExisting: ContextualModel },
  ],
  exports: [PropensityModel, LearningFeed, DisplayCredits, ModelHealth],
})
export class LearningModule {}
