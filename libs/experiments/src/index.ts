export {
  ExperimentResults,
  type MeasuredPeople,
  type ExperimentResultsView,
  type ShownFigure,
  type ShownInterval,
} from './api/experiment-results.js';
export { type ExperimentChanges, type ExperimentPlan, ExperimentSection } from './api/experiment-section.js';
export type { ExperimentView } from './api/experiment-view.js';
export { type Ending, Experiments } from './api/experiments.js';
export { type ExposedPerson, Exposures } from './api/exposures.js';
export { GuardrailWatch } from './api/guardrail-watch.js';
export { type OutcomeRow } from './persistence/outcome-store.js';
export { Outcomes, type PersonalHappening } from './api/outcomes.js';
export { ExperimentsModule } from './experiments.module.js';
export { experimentsEntities, experimentsMigrations } from './persistence/index.js';
