import { blockingKeys, favouredBy } from '../blocking/blocking-keys.js';
import type { CandidatePairs } from '../blocking/candidate-pairs.js';
import type { NameLevels } from '../comparisons/compare-names.js';
import { MISSING } from '../comparisons/comparison.js';
import { COMPARISONS, compareRecords } from '../comparisons/comparisons.js';
import type { TermTable } from '../scoring/term-weights.js';
import type { StandardFields } from '../standard-fields.js';

/** Pairs with their levels, in flat arrays: `width` entries to a pair. */
export interface PairTable {
  readonly size: number;
  readonly width: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly levels: Int8Array;
  readonly swapped: Uint8Array;
  /** Bit k is set when every key that found the pair favours comparison k, so that it teaches nothing about it. */
  readonly favoured: Uint32Array;
}

/** Compares the pairs whose packed positions are given. */
export function comparePairs(records: readonly StandardFields[], codes: Float64Array): PairTable {
  const width = COMPARISONS.length;
  const size = codes.length;
  const table = {
    size,
    width,
    first: new Uint32Array(size),
    second: new Uint32Array(size),
    levels: new Int8Array(size * width),
    swapped: new Uint8Array(size),
    favoured: new Uint32Array(size),
  };
  const names: NameLevels = { given: MISSING, family: MISSING, swapped: false };
  for (let i = 0; i < size; i++) {
    const code = codes[i] as number;
    const a = Math.floor(code / records.length);
    const b = code - a * records.length;
    table.first[i] = a;
    table.second[i] = b;
    const levels = table.levels.subarray(i * width, (i + 1) * width);
    compareRecords(records[a] as StandardFields, records[b] as StandardFields, levels, names);
    table.swapped[i] = names.swapped ? 1 : 0;
  }
  return table;
}

/** log2 frequency of what each comparison of each pair looked at; NaN where terms play no part. */
export function termsOf(
  table: PairTable,
  records: readonly StandardFields[],
  terms: TermTable,
): Float32Array {
  const out = new Float32Array(table.size * table.width).fill(NaN);
  for (let i = 0; i < table.size; i++) {
    const a = records[table.first[i] as number] as StandardFields;
    const b = records[table.second[i] as number] as StandardFields;
    for (let k = 0; k < table.width; k++) {
      const at = i * table.width + k;
      const level = table.levels[at] as number;
      if (level === MISSING || level >= (COMPARISONS[k] as { termLevels: number }).termLevels) continue;
      out[at] = terms.ofPair(k, a, b, table.swapped[i] === 1);
    }
  }
  return out;
}

/** Marks, for each pair, the comparisons that all of its keys favour. */
export function markFavoured(table: PairTable, records: readonly StandardFields[]): void {
  let before = -1;
  let keys = new Set<string>();
  for (let i = 0; i < table.size; i++) {
    const first = table.first[i] as number;
    // Pairs come in the order of their first record.
    if (first !== before) keys = new Set(blockingKeys(records[first] as StandardFields));
    before = first;
    let all = -1;
    for (const key of blockingKeys(records[table.second[i] as number] as StandardFields))
      if (keys.has(key)) all &= favouredBy(key);
    table.favoured[i] = all === -1 ? 0 : all;
  }
}

/** At most `most` of the candidate pairs, chosen by their number alone. */
export function sampleOf(pairs: CandidatePairs, most: number): Float64Array {
  const { codes } = pairs;
  if (codes.length <= most) return codes;
  const step = codes.length / most;
  return Float64Array.from({ length: most }, (_, i) => codes[Math.floor(i * step)] as number);
}

/** A small generator of random numbers in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random pairs of `size` records; all pairs where there are no more than `most`. */
export function randomPairs(size: number, most: number, seed: number): Float64Array {
  const all = (size * (size - 1)) / 2;
  if (all <= most) {
    const codes: number[] = [];
    for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) codes.push(a * size + b);
    return Float64Array.from(codes);
  }
  const random = seededRandom(seed);
  return Float64Array.from({ length: most }, () => {
    const a = Math.floor(random() * size);
    const b = (a + 1 + Math.floor(random() * (size - 1))) % size;
    return a < b ? a * size + b : b * size + a;
  });
}
