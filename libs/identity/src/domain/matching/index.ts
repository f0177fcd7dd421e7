export { type BlockChange, blockChanges } from './blocking/block-changes.js';
export { blockingKeys } from './blocking/blocking-keys.js';
export { candidatePairs, type CandidatePairs, LARGEST_BLOCK } from './blocking/candidate-pairs.js';
export { bridgeHolds } from './clustering/bridge.js';
export { clusterEdges, compareEdges } from './clustering/cluster-edges.js';
export {
  type Clustering,
  type ClusterPolicy,
  type DroppedEdge,
  type DropReason,
  type MatchEdge,
} from './clustering/match-edge.js';
export { type ComparisonName } from './comparisons/comparison.js';
export { learnModel } from './learning/learn-model.js';
export { MATCH_FIELDS, type MatchField, type MatchRecord, type SourceFields } from './match-record.js';
export { type Matching, type MatchOptions, matchRecords, MOST_RECORDS } from './match-records.js';
export { defaultModel } from './scoring/default-model.js';
export {
  type ComparisonParameters,
  type LevelWeight,
  type MatchModel,
  type MatchThresholds,
  type PairScore,
  type TermFrequencies,
} from './scoring/match-model.js';
export { judgePair } from './scoring/judge-pair.js';
export { PairScorer, scorePair } from './scoring/pair-scorer.js';
export { STANDARD_SLOTS, type StandardFields, type StandardSlot } from './standard-fields.js';
export { standardise } from './standardise/standardise.js';
