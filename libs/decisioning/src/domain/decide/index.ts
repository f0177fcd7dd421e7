export type { Choice, Decision } from './choose.js';
export { decide, Deliberation } from './decide.js';
export type { DecideInput, PropensityQuestion, ZoneRequest } from './decide-input.js';
export type { ItemSource, PickedItems } from './item-source.js';
export type { NextQuestion } from './next-question.js';
export { dropRules, Evaluation, outranks, type DropRule } from './evaluation.js';
export { reasonFor } from './reason.js';
export { standingOf } from './standing.js';
export { requestedZones, withoutCandidates } from './requested-zones.js';
