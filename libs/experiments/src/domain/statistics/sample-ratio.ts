import { chiSquareTail } from './chi-square.js';

/** Below this a split is called broken: so rare that chance is no explanation. */
export const BROKEN_SPLIT = 0.001;

export interface SampleRatio {
  /** How probable a split as uneven as this one is when nothing is wrong. */
  pValue: number;
  broken: boolean;
}

/**
 * Whether as many people are in each variation as there should be: Pearson's chi-square test of the counts against the
 * weights. A broken split means that people are lost or counted unevenly, and no figure of the experiment can be
 * believed (Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019).
 */
export function sampleRatio(people: readonly number[], weights: readonly number[]): SampleRatio {
  const total = people.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  let [value, groups, impossible] = [0, 0, false];
  people.forEach((count, index) => {
    const expected = (total * (weights[index] ?? 0)) / weight;
    if (expected > 0) {
      value += (count - expected) ** 2 / expected;
      groups += 1;
    } else impossible ||= count > 0;
  });
  const pValue = impossible ? 0 : groups < 2 || total === 0 ? 1 : chiSquareTail(value, groups - 1);
  return { pValue, broken: pValue < BROKEN_SPLIT };
}
