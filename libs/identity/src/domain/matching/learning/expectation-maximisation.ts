import { MISSING, type Comparison } from '../comparisons/comparison.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import type { ComparisonParameters } from '../scoring/match-model.js';
import {
  isShared,
  oddsAgainstOthers,
  parentState,
  WeightTable,
  type Parameters,
} from '../scoring/weight-table.js';
import type { PairTable } from './pair-table.js';

/** Pairs that the starting values of m and u are worth. */
const M_STRENGTH = 30;
const U_STRENGTH = 50;
/** Pairs that the table over all parent states is worth in each state. */
const STATE_STRENGTH = 30;
/** Even one person contradicts itself this often, and errors never explain everything. */
const LEAST_M = 0.005;
const LEAST_U = 1e-7;
/** A person may deviate in one way this often, or three times as often as expected, if that is more. */
const MOST_DEVIANT = 0.25;

/** Pairs with the frequencies of what they share, and what they are likely to be. */
export interface Evidence {
  readonly table: PairTable;
  readonly terms: Float32Array;
  /** Probability of one person. */
  readonly same: Float64Array;
  /** Probability of two people who live or work together. */
  readonly together: Float64Array;
}

export interface Priors {
  /** Probability that two random records are of one person. */
  same: number;
  /** … of two people who live or work together. */
  together: number;
}

/** What each pair is likely to be (the E step). */
export function expect(evidence: Evidence, parameters: Parameters, priors: Priors): void {
  const { table, terms, same, together } = evidence;
  const weights = new WeightTable(parameters);
  const strangers = 1 - priors.same - priors.together;
  for (let i = 0; i < table.size; i++) {
    let forSame = Math.log2(priors.same / strangers);
    let forTogether = Math.log2(priors.together / strangers);
    const offset = i * table.width;
    for (const k of weights.used) {
      const level = table.levels[offset + k] as number;
      if (level === MISSING) continue;
      const at = weights.at(k, parentState(k, table.levels, offset), level);
      const rarity = weights.usesTerm(at) ? weights.rarity(at, level, terms[offset + k] as number) : 0;
      forSame += weights.sameWeight(at) + rarity;
      forTogether += weights.togetherWeight(at) + (isShared(k) ? rarity : 0);
    }
    same[i] = 1 / (1 + 2 ** -oddsAgainstOthers(forSame, forTogether));
    together[i] = 1 / (1 + 2 ** -oddsAgainstOthers(forTogether, forSame));
  }
}

/** Weighted counts of levels by parent state. */
function count(table: PairTable, k: number, states: number, weightOf: (pair: number) => number): number[][] {
  const levels = (COMPARISONS[k] as Comparison).levels.length;
  const counts = Array.from({ length: states }, () => new Array<number>(levels).fill(0));
  for (let i = 0; i < table.size; i++) {
    const offset = i * table.width;
    const level = table.levels[offset + k] as number;
    if (level === MISSING) continue;
    const row = counts[states > 1 ? parentState(k, table.levels, offset) : 0] as number[];
    row[level] = (row[level] as number) + weightOf(i);
  }
  return counts;
}

function blend(
  counts: readonly number[],
  start: readonly number[],
  strength: number,
  least: number,
): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0) + strength;
  const shares = counts.map((n, level) => Math.max(least, (n + strength * (start[level] as number)) / total));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** Shares by state, drawn towards the share over all states, which is drawn towards the start. */
function shares(
  counts: readonly number[][],
  start: readonly number[],
  strength: number,
  least: number,
): number[][] {
  const pooled = start.map((_, level) => counts.reduce((sum, row) => sum + (row[level] as number), 0));
  const overall = blend(pooled, start, strength, least);
  return counts.length === 1 ? [overall] : counts.map((row) => blend(row, overall, STATE_STRENGTH, least));
}

/**
 * Holds m within reason, whatever odd data say: full agreement never speaks against one person nor disagreement for it,
 * and a person does not contradict itself much more often than expected. Else, where there are no duplicates, namesakes
 * would be taken for people of whom nothing else stays the same.
 */
function bounded(m: readonly number[], u: readonly number[], start: readonly number[]): number[] {
  const last = m.length - 1;
  const out = m.map((share, level) =>
    level === 0 ? 0 : Math.min(share, Math.max(MOST_DEVIANT, 3 * (start[level] as number))),
  );
  out[last] = Math.min(out[last] as number, u[last] as number);
  out[0] = Math.max(1 - out.reduce((a, b) => a + b, 0), u[0] as number, LEAST_M);
  const sum = out.reduce((a, b) => a + b, 0);
  return out.map((share) => share / sum);
}

/** New parameters from what the pairs are likely to be (the M step). */
export function maximise(candidates: Evidence, random: Evidence, parameters: Parameters): Parameters {
  const teaches = (k: number, likely: Float64Array) => (pair: number) =>
    ((candidates.table.favoured[pair] as number) >>> k) & 1 ? 0 : (likely[pair] as number);
  const strange = (pair: number): number =>
    1 - (random.same[pair] as number) - (random.together[pair] as number);
  return parameters.map((known, k): ComparisonParameters | undefined => {
    if (!known) return undefined;
    const start = COMPARISONS[k] as Comparison;
    const states = known.m.length;
    const learn = (likely: Float64Array, from: readonly number[]): number[][] =>
      shares(count(candidates.table, k, states, teaches(k, likely)), from, M_STRENGTH, LEAST_M);
    const u = shares(count(random.table, k, states, strange), start.u, U_STRENGTH, LEAST_U);
    const m = learn(candidates.same, start.m).map((row, state) =>
      bounded(row, u[state] as number[], start.m),
    );
    return { m, u, ...(start.shared && { shared: learn(candidates.together, start.shared) }) };
  });
}
