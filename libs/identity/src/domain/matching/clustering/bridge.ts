/** Weights are held within these bounds, so that one pair cannot outvote all others: log2 odds. */
const BOUND = 12;
/** Mean of the bounded weights between two groups from which they may become one. */
const SUPPORT = 0;

/**
 * Whether two groups of records support each other as wholes: the mean weight between their records speaks for one
 * person (average linkage, Sokal and Michener 1958). One strong edge between two groups that otherwise contradict each
 * other is a bridge between strangers.
 */
export function bridgeHolds(
  left: readonly string[],
  right: readonly string[],
  weightOf: (a: string, b: string) => number,
): boolean {
  if (left.length === 1 && right.length === 1) return true;
  let sum = 0;
  for (const a of left) for (const b of right) sum += Math.max(-BOUND, Math.min(BOUND, weightOf(a, b)));
  return sum / (left.length * right.length) >= SUPPORT;
}
