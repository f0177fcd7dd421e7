import { isRate, type Metric } from '../definition/index.js';
import { ALPHA, type Evaluated, type Figure, type MetricFigures, type Observed } from './evaluate.js';

export const verdictKinds = [
  'broken-split',
  'guardrail-harmed',
  'winner',
  'control-wins',
  'no-difference-yet',
  'too-early',
  'nothing-to-decide',
] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** What an experiment has shown so far. */
export interface Verdict {
  kind: VerdictKind;
  /** The variation that wins, or the one that does harm. */
  variation: string | null;
  /** The experiment should be stopped at once. */
  stop: boolean;
  /** In plain words. */
  sentence: string;
}

/** Says what the figures mean. Looking again and again is safe: every figure holds at all looks together. */
export function verdictOf(observed: Observed, evaluated: Evaluated): Verdict {
  const { variations, minimumPeople } = observed;
  const { pValue, broken } = evaluated.sampleRatio;
  if (broken) {
    const counts = variations.map(({ key, people }) => `${key} ${people}`).join(', ');
    return say(
      'broken-split',
      null,
      `The split is broken: so many people per variation (${counts}) would come about by chance in ${odds(pValue)} experiments. Believe no figure of it until the cause is found.`,
    );
  }
  const fewest = Math.min(...variations.map(({ people }) => people));
  if (fewest < minimumPeople) {
    return say(
      'too-early',
      null,
      `Too early: ${fewest} people in the smallest variation, ${minimumPeople} are wanted.`,
    );
  }
  return harm(evaluated) ?? decide(evaluated);
}

function harm({ metrics }: Evaluated): Verdict | undefined {
  for (const { metric, figures } of metrics) {
    const harmed = figures.find((figure) => figure.harmed);
    if (!harmed) continue;
    return {
      ...say(
        'guardrail-harmed',
        harmed.variation,
        `Stop: ${harmed.variation} certainly harms ${metric.key}: ${comparison(metric, figures, harmed)}.`,
      ),
      stop: true,
    };
  }
  return undefined;
}

function decide({ metrics }: Evaluated): Verdict {
  const goal = metrics.find(({ role }) => role === 'goal');
  const rivals = goal?.figures.slice(1) ?? [];
  if (!goal || rivals.length === 0) {
    return say(
      'nothing-to-decide',
      null,
      'There is nothing to decide: no goal is set, or there is only one variation.',
    );
  }
  const better = rivals.filter(({ certain }) => certain === 'better').sort(byMean(goal.metric));
  const [best] = better;
  if (best) {
    const others = better.length > 1 ? ` ${better.length - 1} more beat the control too.` : '';
    return say(
      'winner',
      best.variation,
      `${best.variation} wins: ${comparison(goal.metric, goal.figures, best)}. ${sureness()}${others}`,
    );
  }
  const control = goal.figures[0]?.variation ?? '';
  if (rivals.every(({ certain }) => certain === 'worse')) {
    const [rival] = rivals.toSorted(byMean(goal.metric));
    const proof = rival ? ` ${rival.variation} has ${comparison(goal.metric, goal.figures, rival)}.` : '';
    return say('control-wins', control, `${control} wins: nothing else is as good.${proof} ${sureness()}`);
  }
  return say(
    'no-difference-yet',
    null,
    `No difference yet: ${open(goal, rivals.toSorted(byMean(goal.metric)))}.`,
  );
}

function open({ metric, figures }: MetricFigures, [nearest]: readonly Figure[]): string {
  return nearest
    ? `${nearest.variation} has ${comparison(metric, figures, nearest)}`
    : 'there are no figures';
}

function say(kind: VerdictKind, variation: string | null, sentence: string): Verdict {
  return { kind, variation, stop: false, sentence };
}

/** `accept 5.2 % instead of 4.1 %, +27 % (between +8 % and +46 %)`. */
function comparison(metric: Metric, [control]: readonly Figure[], { mean, lift }: Figure): string {
  const values = `${metric.key} ${amount(metric, mean)} instead of ${amount(metric, control?.mean ?? 0)}`;
  if (lift === null) return values;
  return `${values}, ${percent(lift.value)} (between ${percent(lift.lower)} and ${percent(lift.upper)})`;
}

function amount(metric: Metric, mean: number): string {
  if (isRate(metric)) return `${round(mean * 100)} %`;
  return metric.currency === undefined ? `${round(mean)}` : `${round(mean)} ${metric.currency}`;
}

function percent(share: number): string {
  const rounded = round(share * 100);
  return `${rounded > 0 ? '+' : ''}${rounded} %`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function byMean({ better }: Metric): (a: Figure, b: Figure) => number {
  return (a, b) => (better === 'more' ? b.mean - a.mean : a.mean - b.mean);
}

function sureness(): string {
  return `This is certain at ${100 - ALPHA * 100} %, however often one looks.`;
}

function odds(pValue: number): string {
  return pValue < 1e-9 ? 'no' : `one of ${Math.round(1 / pValue).toLocaleString('en')}`;
}
