import type { StandardFields, StandardSlot } from '../standard-fields.js';
import { isFlipped } from '../comparisons/compare-names.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import type { TermFrequencies } from './match-model.js';

/** log2 of how often the values of each slot occur, ready to be looked up. */
export class TermTable {
  private readonly slots: Partial<Record<StandardSlot, { values: Map<string, number>; otherwise: number }>> =
    {};

  constructor(frequencies: Partial<Record<StandardSlot, TermFrequencies>>) {
    for (const [slot, { total, counts, otherwise }] of Object.entries(frequencies)) {
      const values = new Map(
        Object.entries(counts).map(([value, count]) => [value, Math.log2(count / total)]),
      );
      this.slots[slot as StandardSlot] = { values, otherwise: Math.log2(otherwise / total) };
    }
  }

  /** log2 of the share of records that have this value; NaN where nothing is counted. */
  log2(slot: StandardSlot, value: string | undefined): number {
    const known = this.slots[slot];
    if (known === undefined || value === undefined) return NaN;
    return known.values.get(value) ?? known.otherwise;
  }

  /** log2 frequency of the commoner of the two values that comparison number `index` looked at. */
  ofPair(index: number, a: StandardFields, b: StandardFields, swapped: boolean): number {
    const { slot } = COMPARISONS[index] as (typeof COMPARISONS)[number];
    const crossed = swapped && (slot === 'given' || slot === 'family');
    const [first, second] = crossed && isFlipped(a, b) ? [b, a] : [a, b];
    const other = crossed ? (slot === 'given' ? 'family' : 'given') : slot;
    const left = this.log2(slot, first[slot]);
    const right = this.log2(other, second[other]);
    return left > right || Number.isNaN(right) ? left : right;
  }
}
