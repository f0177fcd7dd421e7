import {
  ALPHA,
  estimateOf,
  type Interval,
  liftOf,
  type Metric,
  type Moments,
  NO_MOMENTS,
  differenceOf,
} from '@repartee/experiments/domain';
import { type ImpactArm, impactArms } from './impact-arms.js';

/** `engagement`: whether somebody clicked or accepted anything; `value`: what the offers they accepted are worth. */
export const impactMetrics = ['engagement', 'value'] as const;
export type ImpactMetric = (typeof impactMetrics)[number];

const PLAIN = { better: 'more', cuped: false } as const;
/** The same as experiments see them: the first counts a person once, the second adds up. */
export const IMPACT_METRICS: Readonly<Record<ImpactMetric, Metric>> = {
  engagement: { ...PLAIN, key: 'engagement', of: 'click' },
  value: { ...PLAIN, key: 'value', of: 'revenue' },
};

/** No word on an arm before there are so many people in it and in the reference. */
const LEAST_PEOPLE = 200;
const COMPARISONS = (impactArms.length - 1) * impactMetrics.length;

/** What is known of one arm: persons by month, and what they did after they were first met in it. */
export interface ArmObserved {
  arm: ImpactArm;
  people: number;
  moments: Readonly<Partial<Record<ImpactMetric, Moments>>>;
}

/** What the part that an arm leaves out is worth, by one metric. */
export interface ArmFigures {
  metric: ImpactMetric;
  /** The mean of the arm, and that of the reference. */
  mean: number;
  reference: number;
  /** Of the reference over the arm: as a share of the arm's mean, and as it is. Null before there are enough people. */
  lift: Interval | null;
  difference: Interval | null;
  verdict: 'pays' | 'harms' | 'unclear' | 'too-early';
  sentence: string;
}

const LEFT_OUT: Readonly<Record<Exclude<ImpactArm, 'reference'>, string>> = {
  random: 'Ranking by priority instead of by chance',
  'propensity-only': 'Heeding value, context and levers, not likelihood alone',
  'no-lever': 'The levers',
  'model-control': 'The models',
};
const VERBS: Readonly<Record<Exclude<ImpactArm, 'reference'>, 'is' | 'are'>> = {
  random: 'is',
  'propensity-only': 'is',
  'no-lever': 'are',
  'model-control': 'are',
};
const GAINS: Readonly<Record<ImpactMetric, string>> = {
  engagement: 'people who click or accept',
  value: 'value accepted per person',
};

/**
 * Compares the reference with every arm. The bounds are confidence sequences: they hold at all looks together, and α is shared
 * among all comparisons of the report.
 */
export function impactOf(observed: readonly ArmObserved[]): Map<ImpactArm, ArmFigures[]> {
  const reference = observed.find(({ arm }) => arm === 'reference');
  return new Map(
    observed
      .filter(({ arm }) => arm !== 'reference')
      .map((own) => [own.arm, impactMetrics.map((metric) => figuresOf(metric, own, reference))]),
  );
}

function figuresOf(metric: ImpactMetric, own: ArmObserved, reference: ArmObserved | undefined): ArmFigures {
  const left = estimateOf(own.moments[metric] ?? NO_MOMENTS);
  const full = estimateOf(reference?.moments[metric] ?? NO_MOMENTS);
  const what = own.arm === 'reference' ? 'no-lever' : own.arm;
  const means = { metric, mean: left.mean, reference: full.mean };
  const fewest = Math.min(left.people, full.people);
  if (fewest < LEAST_PEOPLE) {
    const sentence = `Too early to say what ${lower(LEFT_OUT[what])} ${VERBS[what]} worth: ${fewest} people, ${LEAST_PEOPLE} are wanted.`;
    return { ...means, lift: null, difference: null, verdict: 'too-early', sentence };
  }
  const alpha = ALPHA / COMPARISONS;
  const difference = differenceOf(left, full, alpha);
  const lift = liftOf(left, full, alpha);
  const verdict = difference.lower > 0 ? 'pays' : difference.upper < 0 ? 'harms' : 'unclear';
  return {
    ...means,
    lift,
    difference,
    verdict,
    sentence: sentenceOf(what, metric, verdict, lift ?? difference, lift !== null),
  };
}

function sentenceOf(
  what: Exclude<ImpactArm, 'reference'>,
  metric: ImpactMetric,
  verdict: 'pays' | 'harms' | 'unclear',
  { value, lower: from, upper: to }: Interval,
  relative: boolean,
): string {
  const show = relative ? percent : signed;
  const worth = `${LEFT_OUT[what]} ${VERBS[what]} worth ${show(value)} ${GAINS[metric]}: between ${show(from)} and ${show(to)}`;
  if (verdict === 'pays') return `${worth}.`;
  return verdict === 'harms'
    ? `${worth}. That is a loss.`
    : `${worth}. It is not certain yet whether that is a gain.`;
}

function percent(share: number): string {
  return `${signed(share * 100)} %`;
}

function signed(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded)}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
