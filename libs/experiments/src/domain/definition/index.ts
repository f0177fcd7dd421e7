export {
  checkExperiments,
  compileExperiment,
  drawOf,
  experimentStates,
  seedOf,
  type CompiledExperiment,
  type ExperimentIssue,
  type ExperimentState,
  type Standing,
} from './compile-experiment.js';
export {
  experimentFields,
  experimentSchema,
  keylessExperimentSchema,
  metricsOf,
  subjectKinds,
  subjectOf,
  variationSchema,
  weightsOf,
  type Experiment,
  type ExperimentDocument,
  type SubjectKind,
  type Variation,
} from './experiment-schema.js';
export {
  guardrailSchema,
  isRate,
  metricKinds,
  metricSchema,
  type Guardrail,
  type Metric,
  type MetricKind,
} from './metric-schema.js';
