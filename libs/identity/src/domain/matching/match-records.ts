import { candidatePairs, type CandidatePairs } from './blocking/candidate-pairs.js';
import { clusterEdges } from './clustering/cluster-edges.js';
import type { Clustering, MatchEdge } from './clustering/match-edge.js';
import { learnFrom } from './learning/learn-model.js';
import { MATCH_FIELDS, type MatchField, type MatchRecord } from './match-record.js';
import type { MatchModel } from './scoring/match-model.js';
import { judgePair } from './scoring/judge-pair.js';
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
  /** Who records are known to be, by their ids: a model that is learned keeps no value that few people have. */
  people?: ReadonlyMap<string, string>;
}

export interface Matching extends Clustering {
  model: MatchModel;
  /** Pairs at or above the threshold to suggest. */
  edges: MatchEdge[];
  candidates: Pick<CandidatePairs, 'tooLarge'> & { pairs: number };
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

/** Records made ready, in the order of their ids. */
interface ReadyRecords {
  ids: string[];
  times: Float64Array;
  records: StandardFields[];
  fields: Set<MatchField>;
}

function makeReady(input: Iterable<MatchRecord>, options: MatchOptions): ReadyRecords {
  const fields = new Set<MatchField>();
  const interner = new Interner();
  const entries: { id: string; at: number; record: StandardFields }[] = [];
  for (const { id, at, fields: values } of input) {
    for (const field of MATCH_FIELDS) if (values[field]?.trim()) fields.add(field);
    entries.push({ id, at, record: interner.keep(standardise(values, options)) });
  }
  entries.sort((left, right) => (left.id < right.id ? -1 : 1));
  return {
    ids: entries.map(({ id }) => id),
    times: Float64Array.from(entries, ({ at }) => at),
    records: entries.map(({ record }) => record),
    fields,
  };
}

function scoreCandidates(
  { ids, times, records }: ReadyRecords,
  pairs: CandidatePairs,
  scorer: PairScorer,
): MatchEdge[] {
  const { merge, suggest } = scorer.model.thresholds;
  const edges: MatchEdge[] = [];
  for (const code of pairs.codes) {
    const left = Math.floor(code / records.length);
    const right = code - left * records.length;
    const [one, other] = [records[left] as StandardFields, records[right] as StandardFields];
    const sum = scorer.weight(one, other);
    if (sum < suggest) continue;
    const weight = sum < merge ? sum : judgePair(scorer, one, other).weight;
    const [a, b] = [ids[left] as string, ids[right] as string];
    const at = Math.max(times[left] as number, times[right] as number);
    edges.push({ id: `${a} ${b}`, a, b, weight, priority: 0, at });
  }
  return edges;
}

/**
 * Finds the people in a set of records: standardises, blocks, learns where no model is given, scores and clusters.
 * The outcome depends on the set of records alone, not on their order.
 */
export function matchRecords(input: Iterable<MatchRecord>, options: MatchOptions = {}): Matching {
  const ready = makeReady(input, options);
  const pairs = candidatePairs(ready.records);
  const people = options.people && ready.ids.map((id) => options.people?.get(id));
  const model = options.model ?? learnFrom({ ...ready, pairs, people });
  const scorer = new PairScorer(model);
  const edges = scoreCandidates(ready, pairs, scorer);
  const positions = new Map<string, number>();
  const linked = new Set(edges.flatMap(({ a, b }) => [a, b]));
  ready.ids.forEach((id, position) => linked.has(id) && positions.set(id, position));
  const recordOf = (id: string): StandardFields =>
    ready.records[positions.get(id) as number] as StandardFields;
  const clustering = clusterEdges(edges, (a, b) => scorer.weight(recordOf(a), recordOf(b)), {
    mergeAt: model.thresholds.merge,
    maxSize: options.maxSize ?? MOST_RECORDS,
  });
  return {
    ...clustering,
    model,
    edges,
    candidates: { pairs: pairs.codes.length, tooLarge: pairs.tooLarge },
  };
}
