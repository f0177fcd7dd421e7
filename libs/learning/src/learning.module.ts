import { Module } from '@nestjs/common';
import { PropensityModel } from './api/propensity-model.js';
import { SmoothedCountsModel } from './api/smoothed-counts-model.js';
import { EvidenceStore } from './persistence/evidence-store.js';

/** Provides {@link PropensityModel}. */
@Module({
  providers: [
    EvidenceStore,
    SmoothedCountsModel,
    { provide: PropensityModel, useExisting: SmoothedCountsModel },
  ],
  exports: [PropensityModel],
})
export class LearningModule {}
