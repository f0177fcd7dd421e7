export { type ComparisonName } from './comparisons/comparison.js';
export {
  type Clustering,
  type ClusterPolicy,
  type DroppedEdge,
  type DropReason,
  type MatchEdge,
} from './match-edge.js';
export {
  type ComparisonParameters,
  type LevelWeight,
  type MatchModel,
  type MatchThresholds,
  type PairScore,
  type TermFrequencies,
} from './match-model.js';
export { MATCH_FIELDS, type MatchField, type MatchRecord, type SourceFields } from './match-record.js';
export { STANDARD_SLOTS, type StandardFields, type StandardSlot } from './standard-fields.js';
// The functions that follow:
//   standardise(fields: SourceFields, options?: {defaultCountry?: string}): StandardFields
//   blockingKeys(record: StandardFields): string[]
//   defaultModel(fields: Iterable<MatchField>): MatchModel
//   learnModel(records: Iterable<MatchRecord>, options?): MatchModel; pure, so that a worker thread can run it
//   new PairScorer(model): compiled once per model version; .weight(a, b): number, .score(a, b): PairScore
//   scorePair(model, a, b): PairScore, for single use
//   bridgeHolds(left: readonly string[], right: readonly string[], weightOf): boolean, the check before groups merge
//   clusterEdges(edges, weightOf: (a: string, b: string) => number, policy): Clustering
//   matchRecords(records: Iterable<MatchRecord>, options?): {model, edges, clusters, dropped}; the batch
