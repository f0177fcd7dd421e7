import { matchRecords, type Matching } from '@repartee/identity/domain';
import { measureClusters, measurePairs, type Measure } from './measures.js';
import type { LabelledRecords } from './read-records.js';

export interface Evaluation {
  /** Scored pairs at the threshold to merge. */
  pair: Measure;
  /** Pairs implied by the final partition. */
  cluster: Measure;
  /** Records in the largest cluster. */
  largest: number;
  records: number;
  /** Matching end to end, without reading the file. */
  seconds: number;
}

/** Runs the product's matching on records and judges it by their labels, which matching never sees. */
export function evaluate({ records, truth }: LabelledRecords): {
  evaluation: Evaluation;
  matching: Matching;
} {
  const start = performance.now();
  const matching = matchRecords(records);
  const seconds = (performance.now() - start) / 1000;
  const merged = matching.edges.filter(({ weight }) => weight >= matching.model.thresholds.merge);
  const evaluation = {
    pair: measurePairs(merged, truth),
    cluster: measureClusters(matching.clusters, truth),
    largest: Math.max(records.length > 0 ? 1 : 0, ...matching.clusters.map((members) => members.length)),
    records: records.length,
    seconds: Math.round(seconds * 1000) / 1000,
  };
  return { evaluation, matching };
}
