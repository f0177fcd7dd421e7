import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ExperimentResults } from './api/experiment-results.js';
import { ExperimentSection } from './api/experiment-section.js';
import { Experiments } from './api/experiments.js';
import { Exposures } from './api/exposures.js';
import { GuardrailWatch } from './api/guardrail-watch.js';
import { Outcomes } from './api/outcomes.js';
import { ExperimentStore } from './persistence/experiment-store.js';
import { ExposureStore } from './persistence/exposure-store.js';
import { ExposureMerges } from './persistence/merge-participant.js';
import { OutcomeStore } from './persistence/outcome-store.js';
import { RetainedExperiments } from './persistence/retained-experiments.js';
import { ExperimentPersonalData } from './persistence/personal-data.js';

/** Who gets which variation, and which one is better. Wants `Database` and `Clock` to be global. */
@Module({
  imports: [GovernanceModule, HousekeepingModule, MergeParticipantsModule],
  providers: [
    ExperimentPersonalData,
    ExperimentResults,
    ExperimentSection,
    ExperimentStore,
    Experiments,
    ExposureMerges,
    Exposures,
    ExposureStore,
    GuardrailWatch,
    Outcomes,
    OutcomeStore,
    RetainedExperiments,
  ],
  exports: [ExperimentResults, ExperimentSection, Experiments, Exposures, GuardrailWatch, Outcomes],
})
export class ExperimentsModule {}
