export { decide, Deliberation, type Choice, type Decision } from './decide.js';
export type { DecideInput, PropensityQuestion, ZoneRequest } from './evaluator.js';
export { dropRules, Evaluation, outranks, type DropRule } from './evaluation.js';
export { reasonFor } from './reason.js';
export { requestedZones } from './requested-zones.js';
