/** One response that a model had predicted before it learned of it. */
export interface Prediction {
  predicted: number;
  /** In [0, 1]. */
  reward: number;
  weight: number;
}

/**
 * The chance that a yes was given a higher prediction than a no: the area under the ROC curve, by ranks (Hanley and McNeil,
 * Radiology 143, 1982); ties count half. A fractional reward is that much of a yes and the rest of a no.
 * @returns null when there is no yes or no no
 */
export function areaUnderCurve(predictions: readonly Prediction[]): number | null {
  const sorted = [...predictions].sort((a, b) => a.predicted - b.predicted);
  let below = 0;
  let area = 0;
  let yes = 0;
  for (let at = 0; at < sorted.length;) {
    let tiedYes = 0;
    let tiedNo = 0;
    const { predicted } = sorted[at]!;
    for (; at < sorted.length && sorted[at]!.predicted === predicted; at += 1) {
      const { reward, weight } = sorted[at]!;
      tiedYes += weight * reward;
      tiedNo += weight * (1 - reward);
    }
    area += tiedYes * (below + tiedNo / 2);
    below += tiedNo;
    yes += tiedYes;
  }
  return yes > 0 && below > 0 ? area / (yes * below) : null;
}

/** Predictions of about the same size, against what came. */
export interface CalibrationBin {
  responses: number;
  predicted: number;
  observed: number;
}

/** Ten bins of equally many predictions, from low to high. */
export function calibrationOf(predictions: readonly Prediction[], bins = 10): CalibrationBin[] {
  const sorted = [...predictions].sort((a, b) => a.predicted - b.predicted);
  return Array.from({ length: bins }, (_, bin) =>
    sorted.slice(Math.floor((bin * sorted.length) / bins), Math.floor(((bin + 1) * sorted.length) / bins)),
  )
    .filter((members) => members.length > 0)
    .map((members) => ({
      responses: members.length,
      predicted: meanOf(members, ({ predicted }) => predicted),
      observed: meanOf(members, ({ reward }) => reward),
    }));
}

/** Mean distance of what was predicted from what came, over the bins: 0 is perfect. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const responses = bins.reduce((sum, bin) => sum + bin.responses, 0);
  if (responses === 0) return 0;
  return (
    bins.reduce((sum, bin) => sum + bin.responses * Math.abs(bin.predicted - bin.observed), 0) / responses
  );
}

/** `new` has heard of fewer than 200 responses or 10 yes; `mature` of 1,000 and 50. */
export type Maturity = 'new' | 'learning' | 'mature';

export function maturityOf(responses: number, positives: number): Maturity {
  if (responses >= 1000 && positives >= 50) return 'mature';
  return responses >= 200 && positives >= 10 ? 'learning' : 'new';
}

function meanOf(members: readonly Prediction[], of: (member: Prediction) => number): number {
  let sum = 0;
  let weights = 0;
  for (const member of members) {
    sum += member.weight * of(member);
    weights += member.weight;
  }
  return weights === 0 ? 0 : sum / weights;
}
