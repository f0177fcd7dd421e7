import { MISSING, type Comparison } from '../comparisons/comparison.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import type { ComparisonParameters } from '../scoring/match-model.js';
import { ALIKE_TERM_SHARE, parentState } from '../scoring/pair-scorer.js';
import type { PairTable } from './pair-table.js';

/** Pairs that the starting values of m and u are worth. */
const M_STRENGTH = 30;
const U_STRENGTH = 50;
/** Pairs that the table over all parent states is worth in each state. */
const STATE_STRENGTH = 30;
/** Even one person contradicts itself this often, and errors never explain everything. */
const LEAST_M = 0.005;
const LEAST_U = 1e-7;

/** Parameters by number of comparison; none for what the schema does not have. */
export type Parameters = (ComparisonParameters | undefined)[];

/** A table of pairs with the frequencies of what they share. */
export interface Evidence {
  table: PairTable;
  terms: Float32Array;
}

/** Probability of each pair to be of one person (the E step). */
export function expect(evidence: Evidence, parameters: Parameters, prior: number, out: Float64Array): void {
  const { table, terms } = evidence;
  const start = Math.log2(prior / (1 - prior));
  for (let i = 0; i < table.size; i++) {
    let weight = start;
    const offset = i * table.width;
    for (let k = 0; k < table.width; k++) {
      const known = parameters[k];
      const level = table.levels[offset + k] as number;
      if (!known || level === MISSING) continue;
      const state = known.m.length > 1 ? parentState(k, table.levels, offset) : 0;
      const m = known.m[state]?.[level] as number;
      const u = known.u[state]?.[level] as number;
      const term = terms[offset + k] as number;
      weight += Math.log2(m / u);
      if (state !== 1 && !Number.isNaN(term))
        weight += (level === 0 ? 1 : ALIKE_TERM_SHARE) * (Math.log2(known.u[state]?.[0] as number) - term);
    }
    out[i] = 1 / (1 + 2 ** -weight);
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

/** Full agreement may not speak against, nor disagreement for one person, whatever odd data say. */
function bounded({ m, u }: ComparisonParameters): ComparisonParameters {
  return {
    u,
    m: m.map((row, state) => {
      const against = u[state] as number[];
      const last = row.length - 1;
      const out = [...row];
      out[0] = Math.max(out[0] as number, against[0] as number);
      out[last] = Math.min(out[last] as number, against[last] as number);
      const sum = out.reduce((a, b) => a + b, 0);
      return out.map((share) => share / sum);
    }),
  };
}

/** New parameters from what the pairs are likely to be (the M step). */
export function maximise(
  candidates: PairTable,
  likely: Float64Array,
  random: PairTable,
  unlikely: Float64Array,
  parameters: Parameters,
): Parameters {
  return parameters.map((known, k) => {
    if (!known) return undefined;
    const { m, u } = COMPARISONS[k] as Comparison;
    const states = known.m.length;
    const learns = (pair: number): number =>
      ((candidates.favoured[pair] as number) >>> k) & 1 ? 0 : (likely[pair] as number);
    return bounded({
      m: shares(count(candidates, k, states, learns), m, M_STRENGTH, LEAST_M),
      u: shares(
        count(random, k, states, (pair) => 1 - (unlikely[pair] as number)),
        u,
        U_STRENGTH,
        LEAST_U,
      ),
    });
  });
}
