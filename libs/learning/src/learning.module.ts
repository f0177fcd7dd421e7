import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { PropensityModel } from './api/propensity-model.js';
import { SmoothedCountsModel } from './api/smoothed-counts-model.js';
import { EvidenceStore } from './persistence/evidence-store.js';
import { RetainedPresentations } from './persistence/retained-presentations.js';

/** Provides {@link PropensityModel}. */
@Module({
  imports: [GovernanceModule],
  providers: [
    EvidenceStore,
    RetainedPresentations,
    SmoothedCountsModel,
    { provide: PropensityModel, useExisting: SmoothedCountsModel },
  ],
  exports: [PropensityModel],
})
export class LearningModule {}
