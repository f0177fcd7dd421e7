import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import {
  ALPHA,
  evaluateExperiment,
  type Experiment,
  type Figure,
  type Guardrail,
  type Interval,
  type Metric,
  type Moments,
  type MetricRole,
  NO_MOMENTS,
  type Observed,
  type SampleRatio,
  type Verdict,
  verdictOf,
  weightsOf,
} from '../domain/index.js';
import { ExperimentStore } from '../persistence/experiment-store.js';
import { OutcomeStore } from '../persistence/outcome-store.js';

/** Bounds that are nowhere yet are null. */
export interface ShownInterval {
  value: number;
  lower: number | null;
  upper: number | null;
}

export type ShownFigure = Omit<Figure, 'difference' | 'lift'> & {
  difference: ShownInterval | null;
  lift: ShownInterval | null;
};

/** What one phase of an experiment has shown so far. */
export interface ExperimentResultsView {
  experiment: string;
  phase: number;
  startedAt: string;
  stoppedAt: string | null;
  released: string | null;
  reason: string | null;
  /** Of the bounds, over all looks together. */
  confidence: number;
  variations: { key: string; name: string | null; weight: number; people: number }[];
  /** People who met several variations, as before and after two profiles turned out to be one; they are left out. */
  mixed: number;
  sampleRatio: SampleRatio;
  metrics: { metric: Metric | Guardrail; role: MetricRole; figures: ShownFigure[] }[];
  verdict: Verdict;
}

/** What is known of a phase: people by variation, people who met several, sums by metric and variation. */
export interface MeasuredPeople {
  people: ReadonlyMap<string, number>;
  mixed: number;
  moments: ReadonlyMap<string, ReadonlyMap<string, Moments>>;
}

/** Reads what experiments have shown. */
@Injectable()
export class ExperimentResults {
  constructor(
    @Inject(ExperimentStore) private readonly store: ExperimentStore,
    @Inject(OutcomeStore) private readonly outcomes: OutcomeStore,
  ) {}

  /** @param wanted a phase; the latest unless given */
  async read(key: string, wanted?: number): Promise<Result<ExperimentResultsView>> {
    const stored = await this.store.find(key);
    if (!stored) return fail(failure('EXPERIMENT.NOT_FOUND', `There is no experiment ${key}.`));
    const phase = wanted ?? stored.phase;
    const found = await this.store.phase(key, phase);
    if (!found) {
      const detail = stored.phase === 0 ? `${key} was never started.` : `${key} has no phase ${phase}.`;
      return fail(failure('EXPERIMENT.NOT_FOUND', detail));
    }
    const { document, startedAt, stoppedAt, released, reason } = found;
    const { observed, mixed } = await this.observe(document, phase);
    const evaluated = evaluateExperiment(observed);
    return ok({
      experiment: key,
      phase,
      startedAt: startedAt.toISOString(),
      stoppedAt: stoppedAt?.toISOString() ?? null,
      released,
      reason,
      confidence: 1 - ALPHA,
      variations: observed.variations.map((one, index) => ({
        ...one,
        name: document.variations[index]?.name ?? null,
      })),
      mixed,
      sampleRatio: evaluated.sampleRatio,
      metrics: evaluated.metrics.map(({ figures, ...rest }) => ({ ...rest, figures: figures.map(shown) })),
      verdict: verdictOf(observed, evaluated),
    });
  }

  /** People and sums of what is measured as experiments are, without being declared as one; by variation. */
  async measured(key: string, phase: number, metrics: readonly Metric[]): Promise<MeasuredPeople> {
    const { people, mixed } = await this.outcomes.people(key, phase);
    const moments = new Map<string, ReadonlyMap<string, Moments>>();
    for (const metric of metrics) moments.set(metric.key, await this.outcomes.moments(key, phase, metric));
    return { people, mixed, moments };
  }

  private async observe(document: Experiment, phase: number): Promise<{ observed: Observed; mixed: number }> {
    const { key, variations, goal, metrics, guardrails, minimumPeople } = document;
    const { people, mixed } = await this.outcomes.people(key, phase);
    const weights = weightsOf(document);
    const asked: { metric: Metric | Guardrail; role: MetricRole }[] = [
      ...(goal ? [{ metric: goal, role: 'goal' as const }] : []),
      ...metrics.map((metric) => ({ metric, role: 'metric' as const })),
      ...guardrails.map((metric) => ({ metric, role: 'guardrail' as const })),
    ];
    const measured: Observed['metrics'][number][] = [];
    for (const one of asked) {
      const moments = await this.outcomes.moments(key, phase, one.metric);
      measured.push({
        ...one,
        moments: variations.map((variation) => moments.get(variation.key) ?? NO_MOMENTS),
      });
    }
    const counted = variations.map((variation, index) => ({
      key: variation.key,
      weight: weights[index] ?? 0,
      people: people.get(variation.key) ?? 0,
    }));
    return { observed: { variations: counted, metrics: measured, minimumPeople }, mixed };
  }
}

function shown({ difference, lift, ...figure }: Figure): ShownFigure {
  return { ...figure, difference: difference && bounded(difference), lift: lift && bounded(lift) };
}

function bounded({ value, lower, upper }: Interval): ShownInterval {
  return {
    value,
    lower: Number.isFinite(lower) ? lower : null,
    upper: Number.isFinite(upper) ? upper : null,
  };
}
