export { diagnoseRule, type FailedCondition, type RuleDiagnosis } from './diagnose-rule.js';
export { type FactRelation, factRelations, type NeededFact, withFacts } from './needed-fact.js';
