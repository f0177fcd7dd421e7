const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * FNV-1a of 32 bits (Fowler, Noll, Vo; draft-eastlake-fnv) over the UTF-16 code units of a text, as GrowthBook's SDKs take
 * it: a unit beyond one byte is taken whole.
 */
export function fnv32a(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash >>> 0;
}

/**
 * Where an id falls under a seed: one of 10,000 places in [0, 1). Hash version 2 of GrowthBook
 * (docs.growthbook.io/lib/build-your-own#hash), so that both agree on who gets what. Hashing twice keeps experiments with
 * similar seeds from choosing the same people.
 */
export function bucketOf(seed: string, id: string): number {
  return (fnv32a(String(fnv32a(seed + id))) % 10_000) / 10_000;
}

/** From (inclusive) and to (exclusive), within [0, 1]. */
export type BucketRange = readonly [from: number, to: number];

/**
 * The range of each variation. Coverage takes people away from the end of each range, so that raising it moves nobody from
 * one variation to another (GrowthBook's `getBucketRanges`).
 */
export function bucketRanges(weights: readonly number[], coverage: number): BucketRange[] {
  let from = 0;
  return weights.map((weight) => {
    const range: BucketRange = [from, from + coverage * weight];
    from += weight;
    return range;
  });
}

/** The number of the variation whose range holds the bucket; −1 when none does. */
export function variationAt(ranges: readonly BucketRange[], bucket: number): number {
  return ranges.findIndex(([from, to]) => bucket >= from && bucket < to);
}

/** A part of everybody: experiments in parts of one namespace that do not overlap never have a person in common. */
export interface NamespacePart {
  key: string;
  from: number;
  to: number;
}

/** Whether an id falls into a part of a namespace. Hash version 1 of GrowthBook, as its `inNamespace` has it. */
export function inNamespace({ key, from, to }: NamespacePart, id: string): boolean {
  const place = (fnv32a(`${id}__${key}`) % 1000) / 1000;
  return place >= from && place < to;
}
