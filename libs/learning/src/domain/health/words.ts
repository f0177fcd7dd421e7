import type { Maturity } from './measures.js';
import type { PredictorBin, PredictorHealth } from './predictors.js';

/** What is known of a model, as far as a sentence about it needs to know. */
export interface ModelFigures {
  maturity: Maturity;
  speaks: boolean;
  responses: number;
  restarts: number;
  auc: number | null;
  calibrationError: number;
}

const MATURITY_WORDS: Readonly<Record<Maturity, string>> = {
  new: 'It has heard too little yet to be judged',
  learning: 'It is learning',
  mature: 'It has heard enough to be relied on',
};
/** Below it a rate may differ from that of all by chance (two-sided 5 %). */
const CERTAIN = 1.96;
/** Mean distance of predicted from observed rates that is still called right. */
const WELL_CALIBRATED = 0.02;

/** How a model does, for marketers. */
export function modelWords({
  maturity,
  speaks,
  responses,
  restarts,
  auc,
  calibrationError,
}: ModelFigures): string {
  const heard = `${MATURITY_WORDS[maturity]}: ${responses} responses.`;
  const used = speaks
    ? 'It has proved better than plain counts and is used.'
    : 'It has not proved better than plain counts, so the counts are used.';
  if (auc === null || maturity === 'new')
    return [heard, used, restartWords(restarts)].filter(Boolean).join(' ');
  const right = `Given somebody who says yes and somebody who does not, it tells which is which in ${percent(auc)} of cases (${aucWords(auc)}).`;
  const off =
    calibrationError <= WELL_CALIBRATED
      ? 'What it predicts is what comes.'
      : `Its predictions are off by ${percent(calibrationError)} on average.`;
  return [heard, used, right, off, restartWords(restarts)].filter(Boolean).join(' ');
}

/** How much one fact tells, for marketers. */
export function predictorWords({
  name,
  auc,
  bins,
  responses,
}: Pick<PredictorHealth, 'name' | 'auc' | 'bins' | 'responses'>): string {
  const certain = bins.filter(({ z }) => Math.abs(z) >= CERTAIN);
  const tells = `${name} tells ${auc < 0.52 ? 'nothing' : auc < 0.6 ? 'a little' : auc < 0.7 ? 'much' : 'very much'} (${responses} responses).`;
  const best = extreme(certain, (bin) => bin.lift);
  const worst = extreme(certain, (bin) => -bin.lift);
  const parts = [
    best && best.lift > 1 ? `With ${best.label} ${times(best.lift)} as many say yes as on average.` : '',
    worst && worst.lift < 1 ? `With ${worst.label} ${times(worst.lift)} as many.` : '',
  ];
  return [tells, ...parts].filter((part) => part !== '').join(' ');
}

function extreme(bins: readonly PredictorBin[], by: (bin: PredictorBin) => number): PredictorBin | undefined {
  return bins.reduce<PredictorBin | undefined>(
    (most, bin) => (most && by(most) >= by(bin) ? most : bin),
    undefined,
  );
}

function restartWords(restarts: number): string {
  if (restarts === 0) return '';
  return `It began anew ${restarts === 1 ? 'once' : `${restarts} times`} because the world had changed.`;
}

function aucWords(auc: number): string {
  if (auc < 0.55) return 'hardly better than chance';
  return auc < 0.65 ? 'useful' : auc < 0.8 ? 'good' : 'very good';
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function times(lift: number): string {
  return `${Math.round(lift * 100) / 100} times`;
}
