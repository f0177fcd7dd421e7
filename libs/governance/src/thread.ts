import type { CompiledPlan } from './api/compiled-plan.js';
import type { TrackingPlan } from './domain/index.js';

/** Makes a plan ready to judge. What that takes is loaded by the first plan: it is much for a thread's memory. */
export async function compilePlan(plan: TrackingPlan): Promise<Pick<CompiledPlan, 'judge'>> {
  const { CompiledPlan } = await import('./api/compiled-plan.js');
  return new CompiledPlan(plan);
}
