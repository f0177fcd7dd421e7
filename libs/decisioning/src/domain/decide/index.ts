export {
  decide,
  type Choice,
  type DecideInput,
  type Decision,
  type PropensityQuestion,
  type ZoneRequest,
} from './decide.js';
export { dropRules, Evaluation, outranks, type DropRule } from './evaluation.js';
export { reasonFor } from './reason.js';
export { requestedZones } from './requested-zones.js';
