import { COMPARISONS } from '../comparisons/comparisons.js';
import { comparisonsFor } from '../scoring/default-model.js';
import type { MatchField } from '../match-record.js';
import type { ComparisonParameters, TermFrequencies } from '../scoring/match-model.js';
import type { StandardFields, StandardSlot } from '../standard-fields.js';

/** Values that are kept for each slot: the commonest. */
const MOST_TERMS = 30_000;
/** Values that fewer people have are as good as unseen. */
const FEWEST = 1.5;
/** A model that is kept outlives the people it was learned from: it holds no value that fewer of them have. */
const FEWEST_CARRIERS = 3;

/** The records that values are counted in. */
export interface Counted {
  records: readonly StandardFields[];
  fields: ReadonlySet<MatchField>;
  /** Who each record is known to be, where that is known. */
  people?: readonly (string | undefined)[] | undefined;
}

/**
 * How often values occur among other people: of n who have a value, n − 1 are others. A record counts by its share of a
 * person, so that duplicates do not make a rare value look common.
 * @param shares one over the records that are likely of the same person, by record
 * @param parametersOf parameters so far, by number of comparison: an unseen value is no more frequent than random agreement
 */
export function termFrequencies(
  { records, fields, people }: Counted,
  shares: Float64Array,
  parametersOf: (index: number) => ComparisonParameters | undefined,
): Partial<Record<StandardSlot, TermFrequencies>> {
  const out: Partial<Record<StandardSlot, TermFrequencies>> = {};
  for (const { slot, name, termLevels } of comparisonsFor(fields)) {
    if (termLevels === 0) continue;
    const counts = new Map<string, number>();
    let total = 0;
    records.forEach((record, index) => {
      const value = record[slot];
      if (value === undefined) return;
      const share = shares[index] as number;
      total += share;
      counts.set(value, (counts.get(value) ?? 0) + share);
    });
    if (total === 0) continue;
    for (const [value, count] of counts) if (count < FEWEST) counts.delete(value);
    if (people) keepCommon(counts, slot, records, people);
    const kept = [...counts]
      .sort(([left, n], [right, m]) => m - n || (left < right ? -1 : 1))
      .slice(0, MOST_TERMS);
    const u = parametersOf(COMPARISONS.findIndex((comparison) => comparison.name === name))?.u[0]?.[0] ?? 1;
    out[slot] = {
      total,
      counts: Object.fromEntries(kept.map(([value, count]) => [value, count - 1])),
      otherwise: Math.min(1, u * total),
    };
  }
  return out;
}

/** Leaves the values that enough different people have, however many records each of them has. */
function keepCommon(
  counts: Map<string, number>,
  slot: StandardSlot,
  records: readonly StandardFields[],
  people: readonly (string | undefined)[],
): void {
  const carriers = new Map([...counts.keys()].map((value) => [value, new Set<string>()]));
  records.forEach((record, index) => {
    const person = people[index];
    const found = carriers.get(record[slot] ?? '');
    if (found && person !== undefined && found.size < FEWEST_CARRIERS) found.add(person);
  });
  for (const [value, { size }] of carriers) if (size < FEWEST_CARRIERS) counts.delete(value);
}
