/**
 * Counts that decay exponentially: what happened at `t` weighs 2^(−(now − t)/H) after the half-life H.
 *
 * A count is kept as its *level* ℓ = log₂ Σ wᵢ·2^(tᵢ/H), a number that does not change as time goes by: the count at a
 * moment is 2^(ℓ − now/H). This is forward decay (G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu: "Forward decay: a
 * practical time decay model for streaming systems", ICDE 2009) with the landmark at the epoch, in logarithms, so that it
 * never overflows. Sums commute: the order in which events arrive makes no difference. Two counts of one half-life
 * compare by their levels, whatever the time is, and the ratio of two is 2^(ℓ₁ − ℓ₂) at all times.
 */
export type Level = number;

/** The level of a count of nothing. */
export const NONE: Level = -Infinity;

/** The level of one observation. @param at milliseconds, as `halfLife` */
export function levelOf(weight: number, at: number, halfLife: number): Level {
  return Math.log2(weight) + at / halfLife;
}

/** The level of the sum of two counts: log₂(2^a + 2^b), without leaving the range of numbers. */
export function joinLevels(a: Level, b: Level): Level {
  const [more, less] = a >= b ? [a, b] : [b, a];
  return less === NONE ? more : more + Math.log2(1 + 2 ** (less - more));
}

/** The level of the sum of many counts. */
export function joinAll(levels: readonly Level[]): Level {
  let highest = NONE;
  for (const level of levels) highest = Math.max(highest, level);
  if (highest === NONE) return NONE;
  let sum = 0;
  for (const level of levels) sum += 2 ** (level - highest);
  return highest + Math.log2(sum);
}

/** The level of a sum one part of which rises from one level to another. */
export function raiseLevel(sum: Level, from: Level, to: Level): Level {
  const highest = Math.max(sum, to);
  const others = Math.max(0, 2 ** (sum - highest) - 2 ** (from - highest));
  return highest + Math.log2(others + 2 ** (to - highest));
}

/** The count at a moment, milliseconds. */
export function countAt(level: Level, now: number, halfLife: number): number {
  return 2 ** (level - now / halfLife);
}

/** What every level moves by when the half-life changes at a moment: the counts of that moment stay as they are. */
export function shiftOf(now: number, before: number, after: number): number {
  return now / after - now / before;
}
