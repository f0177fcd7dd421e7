import { candidatePairs, hashOf, type CandidatePairs } from '../blocking/candidate-pairs.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import { MATCH_FIELDS, type MatchField, type MatchRecord } from '../match-record.js';
import { defaultModel } from '../scoring/default-model.js';
import type { MatchModel } from '../scoring/match-model.js';
import { TermTable } from '../scoring/term-weights.js';
import type { StandardFields } from '../standard-fields.js';
import { standardise } from '../standardise/standardise.js';
import { expect, maximise, type Evidence, type Parameters } from './expectation-maximisation.js';
import { termFrequencies } from './frequencies.js';
import { comparePairs, markFavoured, randomPairs, sampleOf, termsOf } from './pair-table.js';

const MOST_CANDIDATES = 200_000;
const MOST_RANDOM = 300_000;
const ROUNDS = 2;
const STEPS = 12;
const SEED = 20_240_101;

/** Records ready to learn from, in the order of their ids. */
export interface LearningSet {
  records: readonly StandardFields[];
  pairs: CandidatePairs;
  fields: ReadonlySet<MatchField>;
}

/** How much of one person each record is: one over the records that are likely the same. */
function sharesOf(set: LearningSet, table: Evidence['table'], likely: Float64Array): Float64Array {
  const others = new Float64Array(set.records.length);
  const scale = set.pairs.codes.length / Math.max(1, table.size);
  if (scale === 1)
    for (let i = 0; i < table.size; i++) {
      const probability = likely[i] as number;
      others[table.first[i] as number] = (others[table.first[i] as number] as number) + probability;
      others[table.second[i] as number] = (others[table.second[i] as number] as number) + probability;
    }
  return others.map((sum) => 1 / (1 + sum));
}

/**
 * Learns a model from records without labels: u from random pairs, m by expectation-maximisation over the candidate
 * pairs of several blocking passes, where a pair teaches a comparison only if some key found it that does not favour
 * that comparison (Fellegi and Sunter 1969; Winkler 2000; Linacre et al. 2022). Every parameter starts from a default
 * that is worth a few dozen pairs, so that small or clean files keep it.
 */
export function learnFrom(set: LearningSet): MatchModel {
  const { records, fields } = set;
  const start = defaultModel(fields);
  const all = (records.length * (records.length - 1)) / 2;
  if (all < 1) return start;
  const candidates = comparePairs(records, sampleOf(set.pairs, MOST_CANDIDATES));
  const random = comparePairs(records, randomPairs(records.length, MOST_RANDOM, SEED));
  markFavoured(candidates, records);
  const scale = set.pairs.codes.length / Math.max(1, candidates.size);
  const likely = new Float64Array(candidates.size);
  const unlikely = new Float64Array(random.size);
  let parameters: Parameters = COMPARISONS.map(({ name }) => start.comparisons[name]);
  let prior = Math.min(0.1, 0.2 / records.length);
  let shares = new Float64Array(records.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    const frequencies = termFrequencies(
      records,
      fields,
      shares,
      (name) => parameters[COMPARISONS.findIndex((c) => c.name === name)],
    );
    const terms = new TermTable(frequencies);
    start.frequencies = frequencies;
    const found: Evidence = { table: candidates, terms: termsOf(candidates, records, terms) };
    const drawn: Evidence = { table: random, terms: termsOf(random, records, terms) };
    for (let step = 0; step < STEPS; step++) {
      expect(found, parameters, prior, likely);
      expect(drawn, parameters, prior, unlikely);
      parameters = maximise(candidates, likely, random, unlikely, parameters);
      const matches = likely.reduce((sum, p) => sum + p, 0) * scale;
      prior = Math.min(0.2, Math.max(0.5, matches) / all);
    }
    shares = sharesOf(set, candidates, likely) as Float64Array<ArrayBuffer>;
  }
  const model: MatchModel = {
    ...start,
    prior,
    comparisons: Object.fromEntries(
      COMPARISONS.flatMap(({ name }, k) => (parameters[k] ? [[name, parameters[k]]] : [])),
    ),
  };
  return { ...model, version: versionOf(model) };
}

/** The same parameters have the same version. */
export function versionOf(model: MatchModel): string {
  return `fs1-${hashOf(JSON.stringify({ ...model, version: '' }))
    .toString(16)
    .padStart(8, '0')}`;
}

/** Learns a model from records as their sources gave them. Pure and synchronous: run it in a worker thread. */
export function learnModel(
  records: Iterable<MatchRecord>,
  options: { defaultCountry?: string } = {},
): MatchModel {
  const sorted = [...records].sort((left, right) => (left.id < right.id ? -1 : 1));
  const fields = new Set<MatchField>();
  for (const record of sorted)
    for (const field of MATCH_FIELDS) if (record.fields[field]?.trim()) fields.add(field);
  const standard = sorted.map((record) => standardise(record.fields, options));
  return learnFrom({ records: standard, pairs: candidatePairs(standard), fields });
}
