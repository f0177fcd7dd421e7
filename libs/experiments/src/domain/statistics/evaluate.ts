import type { Guardrail, Metric } from '../definition/index.js';
import { differenceOf, liftOf, type Interval } from './confidence-sequence.js';
import { cupedEstimates, estimateOf, NO_MOMENTS, type Estimate, type Moments } from './moments.js';
import { sampleRatio, type SampleRatio } from './sample-ratio.js';

/** False alarms of all comparisons of one metric together. */
export const ALPHA = 0.05;

/** What is known of an experiment: people and sums, in the order of the variations; the control comes first. */
export interface Observed {
  variations: readonly { key: string; weight: number; people: number }[];
  metrics: readonly { metric: Metric | Guardrail; role: MetricRole; moments: readonly Moments[] }[];
  minimumPeople: number;
}

export const metricRoles = ['goal', 'metric', 'guardrail'] as const;
export type MetricRole = (typeof metricRoles)[number];

/** One variation's figures of one metric. */
export interface Figure {
  variation: string;
  people: number;
  mean: number;
  /** Against the control; null for the control itself. */
  difference: Interval | null;
  lift: Interval | null;
  /** Certainly better, or certainly worse, than the control. */
  certain: 'better' | 'worse' | null;
  /** Of a guardrail: certainly worse by more than is tolerated. */
  harmed: boolean;
}

export interface MetricFigures {
  metric: Metric | Guardrail;
  role: MetricRole;
  figures: Figure[];
}

export interface Evaluated {
  sampleRatio: SampleRatio;
  metrics: MetricFigures[];
}

/**
 * Compares every variation with the control, metric by metric. Whoever looks at several variations, or at several
 * guardrails, is as seldom misled as one who looks at a single comparison: α is shared among them (Bonferroni).
 */
export function evaluateExperiment({ variations, metrics }: Observed): Evaluated {
  const comparisons = Math.max(1, variations.length - 1);
  const guardrails = metrics.filter(({ role }) => role === 'guardrail').length;
  return {
    sampleRatio: sampleRatio(
      variations.map(({ people }) => people),
      variations.map(({ weight }) => weight),
    ),
    metrics: metrics.map(({ metric, role, moments }) => {
      const alpha = ALPHA / (role === 'guardrail' ? comparisons * guardrails : comparisons);
      const groups = variations.map((_, index) => moments[index] ?? NO_MOMENTS);
      const estimates = metric.cuped ? cupedEstimates(groups) : groups.map(estimateOf);
      const control = estimates[0] ?? estimateOf(NO_MOMENTS);
      const figures = variations.map(({ key }, index): Figure => {
        const own = estimates[index] ?? estimateOf(NO_MOMENTS);
        const alone = { variation: key, people: own.people, mean: own.mean };
        if (index === 0) return { ...alone, difference: null, lift: null, certain: null, harmed: false };
        return { ...alone, ...compare(metric, control, own, alpha) };
      });
      return { metric, role, figures };
    }),
  };
}

function compare(metric: Metric | Guardrail, control: Estimate, own: Estimate, alpha: number) {
  const difference = differenceOf(control, own, alpha);
  const sign = metric.better === 'more' ? 1 : -1;
  const good = sign * difference.value > 0;
  const certain = difference.lower > 0 || difference.upper < 0 ? (good ? 'better' : 'worse') : null;
  return {
    difference,
    lift: liftOf(control, own, alpha),
    certain,
    harmed: 'tolerance' in metric && isHarmed(metric, control, own, alpha),
  } as const;
}

/** Worse than the control would be if it lost what is tolerated. */
function isHarmed(
  { better, tolerance }: Guardrail,
  control: Estimate,
  own: Estimate,
  alpha: number,
): boolean {
  const more = better === 'more';
  const { lower, upper } = differenceOf(control, own, alpha, more ? 1 - tolerance : 1 + tolerance);
  return more ? upper < 0 : lower > 0;
}
