/** How well found pairs agree with true pairs. */
export interface Measure {
  precision: number;
  recall: number;
  f1: number;
}

const pairsIn = (size: number): number => (size * (size - 1)) / 2;

/** With nothing to find, finding nothing is perfect. */
function measure(found: number, right: number, truth: number): Measure {
  const precision = found === 0 ? (truth === 0 ? 1 : 0) : right / found;
  const recall = truth === 0 ? 1 : right / truth;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

function sizes(labels: Iterable<string>): Map<string, number> {
  const out = new Map<string, number>();
  for (const label of labels) out.set(label, (out.get(label) ?? 0) + 1);
  return out;
}

const truePairs = (truth: ReadonlyMap<string, string>): number =>
  [...sizes(truth.values()).values()].reduce((sum, size) => sum + pairsIn(size), 0);

/** Judges single pairs against the true person of each record. */
export function measurePairs(
  pairs: Iterable<{ a: string; b: string }>,
  truth: ReadonlyMap<string, string>,
): Measure {
  let found = 0;
  let right = 0;
  for (const { a, b } of pairs) {
    found++;
    if (truth.get(a) === truth.get(b)) right++;
  }
  return measure(found, right, truePairs(truth));
}

/** Judges a partition by the pairs that it implies. Records in no cluster are alone. */
export function measureClusters(
  clusters: readonly (readonly string[])[],
  truth: ReadonlyMap<string, string>,
): Measure {
  let found = 0;
  let right = 0;
  for (const members of clusters) {
    found += pairsIn(members.length);
    for (const size of sizes(members.map((id) => truth.get(id) ?? id)).values()) right += pairsIn(size);
  }
  return measure(found, right, truePairs(truth));
}
