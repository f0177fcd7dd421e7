import { matchRecords, type Matching, type MatchRecord } from '@repartee/identity/domain';
import { measureClusters, measurePairs, type Measure } from './measures.js';
import type { LabelledRecord } from './read-records.js';

export interface Evaluation {
  /** Scored pairs at the threshold to merge. */
  pair: Measure;
  /** Pairs implied by the final partition. */
  cluster: Measure;
  /** Records in the largest cluster. */
  largest: number;
  records: number;
  /** End to end, with reading. */
  seconds: number;
}

/**
 * Runs the product's matching on records and judges it by their labels, which matching never sees.
 * @throws when two records have one id
 */
export function evaluate(labelled: Iterable<LabelledRecord>): { evaluation: Evaluation; matching: Matching } {
  const truth = new Map<string, string>();
  function* records(): Generator<MatchRecord> {
    for (const { record, person } of labelled) {
      if (truth.has(record.id)) throw new Error(`two records have the id “${record.id}”`);
      truth.set(record.id, person);
      yield record;
    }
  }
  const start = performance.now();
  const matching = matchRecords(records());
  const seconds = (performance.now() - start) / 1000;
  const merged = matching.edges.filter(({ weight }) => weight >= matching.model.thresholds.merge);
  const evaluation = {
    pair: measurePairs(merged, truth),
    cluster: measureClusters(matching.clusters, truth),
    largest: matching.clusters.reduce((most, { length }) => Math.max(most, length), Math.min(1, truth.size)),
    records: truth.size,
    seconds: Math.round(seconds * 1000) / 1000,
  };
  return { evaluation, matching };
}
