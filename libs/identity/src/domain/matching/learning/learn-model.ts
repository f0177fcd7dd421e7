import { candidatePairs, hashOf, type CandidatePairs } from '../blocking/candidate-pairs.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import { MATCH_FIELDS, type MatchField, type MatchRecord } from '../match-record.js';
import { defaultModel } from '../scoring/default-model.js';
import type { MatchModel } from '../scoring/match-model.js';
import { TermTable } from '../scoring/term-weights.js';
import type { Parameters } from '../scoring/weight-table.js';
import type { StandardFields } from '../standard-fields.js';
import { standardise } from '../standardise/standardise.js';
import { expect, maximise, type Evidence, type Priors } from './expectation-maximisation.js';
import { type Counted, termFrequencies } from './frequencies.js';
import { comparePairs, markFavoured, randomPairs, sampleOf, termsOf, type PairTable } from './pair-table.js';

const MOST_CANDIDATES = 200_000;
const MOST_RANDOM = 200_000;
const ROUNDS = 3;
const STEPS = 20;
/** Relative change of the number of matches at which learning has settled. */
const SETTLED = 1e-3;
const SEED = 20_240_101;

/** Records ready to learn from, in the order of their ids. */
export interface LearningSet extends Counted {
  pairs: CandidatePairs;
}

/** How much of one person each record is: one over the records that are likely the same. */
function sharesOf(set: LearningSet, { table, same }: Evidence): Float64Array {
  const others = new Float64Array(set.records.length);
  // A sample of the pairs does not show all duplicates of a record; there are enough records then for it not to matter.
  if (set.pairs.codes.length > table.size) return others.fill(1);
  for (let i = 0; i < table.size; i++)
    for (const end of [table.first[i] as number, table.second[i] as number])
      others[end] = (others[end] as number) + (same[i] as number);
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
  let parameters: Parameters = COMPARISONS.map(({ name }) => start.comparisons[name]);
  const priors: Priors = {
    same: Math.min(0.1, 0.2 / records.length),
    together: Math.min(0.1, 0.2 / records.length),
  };
  let frequencies: MatchModel['frequencies'] = {};
  let shares: Float64Array = new Float64Array(records.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    frequencies = termFrequencies(set, shares, (index) => parameters[index]);
    const terms = new TermTable(frequencies);
    const found = evidenceOf(candidates, records, terms);
    const drawn = evidenceOf(random, records, terms);
    for (let step = 0; step < STEPS; step++) {
      expect(found, parameters, priors);
      // Hardly any random pair is of one person: it need not be asked each time.
      if (step % 4 === 0) expect(drawn, parameters, priors);
      parameters = maximise(found, drawn, parameters);
      const before = priors.same;
      priors.same = share(found.same, scale, all);
      priors.together = share(found.together, scale, all);
      if (step > 4 && Math.abs(priors.same / before - 1) < SETTLED) break;
    }
    shares = sharesOf(set, found);
  }
  const model: MatchModel = {
    ...start,
    prior: priors.same,
    together: priors.together,
    frequencies,
    comparisons: Object.fromEntries(
      COMPARISONS.flatMap(({ name }, k) => (parameters[k] ? [[name, parameters[k]]] : [])),
    ),
  };
  return { ...model, version: versionOf(model) };
}

function evidenceOf(table: PairTable, records: readonly StandardFields[], terms: TermTable): Evidence {
  return {
    table,
    terms: termsOf(table, records, terms),
    same: new Float64Array(table.size),
    together: new Float64Array(table.size),
  };
}

/** Share of all pairs that is likely so, held within what any set of records can be. */
function share(likely: Float64Array, scale: number, all: number): number {
  const pairs = likely.reduce((sum, probability) => sum + probability, 0) * scale;
  return Math.min(0.2, Math.max(0.5, pairs) / all);
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
