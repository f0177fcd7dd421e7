import type { ObstacleRule } from '../why-not/index.js';

/**
 * Where a person is left with nothing that is worth their while, in the order of a decision: people whom nothing may be
 * chosen for, zones without offers, then where the last offer fell. `relevance`: offers are left, and none is likely enough.
 */
export const lossStages = [
  'restricted',
  'control',
  'no-offers',
  'validity',
  'stock',
  'eligibility',
  'applicability',
  'suitability',
  'history',
  'contact-policy',
  'experiment',
  'cap',
  'relevance',
] as const;
export type LossStage = (typeof lossStages)[number];

/** What could be loosened: a part of the engagement policy, a policy, or what keeps one offer away. */
export interface LooseRule {
  rule: ObstacleRule;
  /** Of engagement policies: which question, and where it stands. */
  question: string | null;
  level: string | null;
  /** The issue, group or offer it belongs to, or the policy, experiment or item. */
  of: string;
  /** Who gets nothing, and would get something relevant if it alone were loosened. */
  people: number;
  /** What they would get, the most frequent first. */
  offers: { offer: string; people: number }[];
}

/** Who gets nothing that is worth their while, where they lose it, and what to loosen. */
export interface ValueReport {
  /** An offer is relevant from this expected P on. */
  leastPropensity: number;
  people: number;
  relevant: number;
  /** Who would be shown offers, and none that is relevant. */
  irrelevant: number;
  nothing: number;
  lost: { stage: LossStage; people: number }[];
  /** Rules that help the most people first. */
  loosen: LooseRule[];
  segments: { segment: string; people: number; withoutValue: number }[];
}

/** A person without anything relevant: where they lost it, and what alone would help. */
export interface WithoutValue {
  stage: LossStage;
  /** What is shown all the same, though hardly anybody wants it. */
  shown: string[];
  loosen: { rule: ObstacleRule; question: string | null; of: string; offers: string[] }[];
}
