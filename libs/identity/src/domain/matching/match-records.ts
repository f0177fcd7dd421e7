import { candidatePairs, type CandidatePairs } from './blocking/candidate-pairs.js';
import { clusterEdges } from './clustering/cluster-edges.js';
import type { Clustering, MatchEdge } from './clustering/match-edge.js';
import { learnFrom } from './learning/learn-model.js';
import { MATCH_FIELDS, type MatchField, type MatchRecord } from './match-record.js';
import type { MatchModel } from './scoring/match-model.js';
import { PairScorer } from './scoring/pair-scorer.js';
import { STANDARD_SLOTS, type StandardFields, type StandardSlot } from './standard-fields.js';
import { standardise } from './standardise/standardise.js';

/** Records in one person at most, unless told otherwise. */
export const MOST_RECORDS = 100;

export interface MatchOptions {
  /** Scores with this model; without it one is learned from the records. */
  model?: MatchModel;
  /** ISO 3166-1 alpha-2, for telephone numbers where a record names no country. */
  defaultCountry?: string;
  maxSize?: number;
}

export interface Matching extends Clustering {
  model: MatchModel;
  /** Pairs at or above the threshold to suggest. */
  edges: MatchEdge[];
  candidates: Pick<CandidatePairs, 'refined' | 'windowed'> & { pairs: number };
}

const EMPTY: StandardFields = Object.fromEntries(STANDARD_SLOTS.map((slot) => [slot, undefined]));

/** Equal strings become one string, so that a million records fit and compare fast. */
class Interner {
  private readonly known = new Map<string, string>();

  /** A copy with all slots in one order, missing or not: records of one shape are read fastest. */
  keep(record: StandardFields): StandardFields {
    const out: { [Slot in StandardSlot]?: string } = { ...EMPTY };
    for (const slot of STANDARD_SLOTS) {
      const value = record[slot];
      if (value === undefined) continue;
      const kept = this.known.get(value);
      if (kept === undefined) this.known.set(value, value);
      out[slot] = kept ?? value;
    }
    return out;
  }
}

/**
 * Finds the people in a set of records: standardises, blocks, learns where no model is given, scores and clusters.
 * The outcome depends on the set of records alone, not on their order.
 */
export function matchRecords(input: Iterable<MatchRecord>, options: MatchOptions = {}): Matching {
  const fields = new Set<MatchField>();
  const interner = new Interner();
  const entries: { id: string; at: number; record: StandardFields }[] = [];
  for (const { id, at, fields: values } of input) {
    for (const field of MATCH_FIELDS) if (values[field]?.trim()) fields.add(field);
    entries.push({ id, at, record: interner.keep(standardise(values, options)) });
  }
  entries.sort((left, right) => (left.id < right.id ? -1 : 1));
  const records = entries.map(({ record }) => record);
  const pairs = candidatePairs(records);
  const model = options.model ?? learnFrom({ records, pairs, fields });
  const scorer = new PairScorer(model);
  const edges: MatchEdge[] = [];
  for (const code of pairs.codes) {
    const left = Math.floor(code / records.length);
    const right = code - left * records.length;
    const weight = scorer.weight(records[left] as StandardFields, records[right] as StandardFields);
    if (weight < model.thresholds.suggest) continue;
    const a = entries[left] as (typeof entries)[number];
    const b = entries[right] as (typeof entries)[number];
    edges.push({ id: `${a.id} ${b.id}`, a: a.id, b: b.id, weight, priority: 0, at: Math.max(a.at, b.at) });
  }
  const positions = new Map(entries.map(({ id }, index) => [id, index]));
  const recordOf = (id: string): StandardFields => records[positions.get(id) as number] as StandardFields;
  const clustering = clusterEdges(edges, (a, b) => scorer.weight(recordOf(a), recordOf(b)), {
    mergeAt: model.thresholds.merge,
    maxSize: options.maxSize ?? MOST_RECORDS,
  });
  return {
    ...clustering,
    model,
    edges,
    candidates: { pairs: pairs.codes.length, refined: pairs.refined, windowed: pairs.windowed },
  };
}
