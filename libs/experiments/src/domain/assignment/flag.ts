import type { Experiment } from '../definition/index.js';
import type { Assignment } from './assign.js';

/** Reasons of OpenFeature (openfeature.dev/specification/types, "resolution reason"). */
export const flagReasons = ['STATIC', 'TARGETING_MATCH', 'SPLIT', 'DISABLED', 'DEFAULT'] as const;
export type FlagReason = (typeof flagReasons)[number];

/** What a flag is for somebody. */
export interface FlagValue {
  value: Experiment['on']['default'];
  reason: FlagReason;
  /** Absent where the flag has its default. */
  variant?: string;
}

/** What an assignment makes of a flag. */
export function flagValue(assignment: Assignment): FlagValue {
  const { experiment, variation } = assignment;
  if (!variation) {
    const reason = assignment.outside === 'not-running' ? 'DISABLED' : 'DEFAULT';
    return { value: experiment.document.on.default, reason };
  }
  const reason = assignment.unit !== null ? 'SPLIT' : experiment.targeting ? 'TARGETING_MATCH' : 'STATIC';
  return { value: variation.value, reason, variant: variation.key };
}
