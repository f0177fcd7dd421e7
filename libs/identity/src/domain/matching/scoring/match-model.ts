import type { ComparisonName } from '../comparisons/comparison.js';
import type { MatchField } from '../match-record.js';
import type { StandardSlot } from '../standard-fields.js';

/** What `m` and `u` of a comparison are conditioned on: the answer of the comparison it depends on. */
export const PARENT_STATES = ['unknown', 'agrees', 'differs'] as const;

/**
 * Probabilities of the levels, by parent state (`PARENT_STATES`), then by level. A comparison without a parent has one
 * state.
 */
export interface ComparisonParameters {
  /** Among records of one person. */
  m: number[][];
  /** Among records of strangers. */
  u: number[][];
  /** Among records of people who live or work together, where that differs from strangers. */
  shared?: number[][];
}

/** How often the values of a slot occur. */
export interface TermFrequencies {
  /** Records that have the slot. */
  total: number;
  /** Occurrences of the values that are kept. */
  counts: Record<string, number>;
  /** What is assumed of a value that is not kept. */
  otherwise: number;
}

/** Weights (log2 odds) from which a pair is merged, or suggested to a person for review. */
export interface MatchThresholds {
  merge: number;
  suggest: number;
}

/** A Fellegi-Sunter model: plain JSON, so that it can be stored, versioned and sent to a worker. */
export interface MatchModel {
  /** Names the parameters: the same parameters have the same version. */
  version: string;
  /** Fields that the model was made for. */
  fields: MatchField[];
  /** Probability that two random records are of one person. */
  prior: number;
  /** Probability that two random records are of two people who live or work together. */
  together: number;
  thresholds: MatchThresholds;
  comparisons: Partial<Record<ComparisonName, ComparisonParameters>>;
  frequencies: Partial<Record<StandardSlot, TermFrequencies>>;
}

/** One line of the waterfall of weights. */
export interface LevelWeight {
  field: ComparisonName | 'shared_household' | 'contact_alone';
  level: string;
  /** log2 of the Bayes factor. */
  weight: number;
  a?: string;
  b?: string;
}

/** What a model says of two records. `weight` is `prior` plus the weights of the levels, in log2 odds. */
export interface PairScore {
  weight: number;
  probability: number;
  /** log2 odds before anything is compared. */
  prior: number;
  levels: LevelWeight[];
}
