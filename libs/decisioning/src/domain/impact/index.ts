export {
  type ArmOfDecision,
  armAt,
  armPriority,
  type CompiledImpact,
  compileImpact,
  DEFAULT_IMPACT,
  IMPACT,
  type ImpactArm,
  impactArms,
  monthOf,
  monthsBetween,
  type ImpactMonth,
} from './impact-arms.js';
export {
  type ArmFigures,
  type ArmObserved,
  type ImpactMetric,
  impactMetrics,
  impactOf,
  IMPACT_METRICS,
} from './impact-report.js';
