export { CompiledPlan } from './api/compiled-plan.js';
