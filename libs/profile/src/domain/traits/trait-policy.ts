import { z } from 'zod';
import type { NumberExpression } from '../rule.js';

/** How one value is chosen among what several said. */
export const traitRules = ['most_recent', 'most_trusted', 'most_frequent', 'longest', 'custom'] as const;
export type TraitRule = (typeof traitRules)[number];

/** How a trait survives, as it is written. */
export const traitPolicySchema = z
  .strictObject({
    key: z.string().min(1).max(200),
    survivorship: z.enum(traitRules),
    /** For `custom`: CEL over `candidate` and `candidates` that gives a number; the highest survives. */
    score: z.string().min(1).max(2000).optional(),
  })
  .refine((policy) => (policy.survivorship === 'custom') === (policy.score !== undefined), {
    path: ['score'],
    message: 'belongs to the survivorship custom, which needs it',
  });
export type TraitPolicyDocument = z.infer<typeof traitPolicySchema>;

/** A policy ready to use. */
export interface TraitPolicy {
  readonly rule: TraitRule;
  readonly score?: NumberExpression;
  /** Revision of the trait book that brought it: records of older revisions are to be settled anew. */
  readonly revision: number;
}

export const MOST_RECENT: TraitPolicy = Object.freeze({ rule: 'most_recent', revision: 0 });

/** Whether a rule weighs every value that was said, and not each source's latest alone. */
export function weighsValues(policy: TraitPolicy): boolean {
  return policy.rule === 'most_frequent' || policy.rule === 'custom';
}
