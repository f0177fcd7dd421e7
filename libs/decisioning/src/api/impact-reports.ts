import { Injectable } from '@nestjs/common';
import { ExperimentResults } from '@repartee/experiments';
import { ALPHA, type Interval, type Moments, sampleRatio, sumOfMoments } from '@repartee/experiments/domain';
import { ModelHealth, PropensityModel } from '@repartee/learning';
import { Clock } from '@repartee/platform';
import {
  type ArmObserved,
  IMPACT,
  IMPACT_METRICS,
  impactArms,
  type ImpactMetric,
  impactMetrics,
  impactOf,
  monthOf,
  monthsBetween,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import type { ImpactReport } from './impact-schemas.js';

/** Says what models, levers and ranking are worth, by the groups that do without. */
@Injectable()
export class ImpactReports {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly results: ExperimentResults,
    private readonly model: PropensityModel,
    private readonly models: ModelHealth,
    private readonly clock: Clock,
  ) {}

  /** @param since the first month, as milliseconds within it; the present month unless given */
  async read(since?: number): Promise<ImpactReport> {
    const { impact } = this.catalogue.snapshot;
    const now = this.clock.now();
    const months = monthsBetween(Math.max(since ?? now, now - 400 * 86_400_000), now);
    const { observed, mixed } = await this.observe(months.map(({ number }) => number));
    const figures = impactOf(observed);
    const shared = observed.filter(({ arm }) => impact.shares[arm] > 0);
    const total = shared.reduce((sum, { arm }) => sum + impact.shares[arm], 0);
    const ratio = sampleRatio(
      shared.map(({ people }) => people),
      shared.map(({ arm }) => impact.shares[arm] / total),
    );
    const begun = this.model.sequence >= impact.after;
    const all = [...figures.values()].flat();
    return {
      since: new Date(months[0]?.from ?? monthOf(now).from).toISOString(),
      until: new Date(now).toISOString(),
      confidence: 1 - ALPHA,
      begun,
      summary:
        begun || observed.some(({ people }) => people > 0)
          ? summaryOf(ratio.broken, all)
          : `Nothing is measured yet: learning has taken in ${this.model.sequence} updates, ${impact.after} are wanted.`,
      models: this.models.census(),
      mixed,
      sampleRatio: ratio,
      arms: observed.map(({ arm, people }) => ({
        arm,
        share: impact.shares[arm],
        people,
        figures: (figures.get(arm) ?? []).map((figure) => ({
          ...figure,
          lift: figure.lift && bounded(figure.lift),
          difference: figure.difference && bounded(figure.difference),
        })),
      })),
    };
  }

  private async observe(phases: readonly number[]): Promise<{ observed: ArmObserved[]; mixed: number }> {
    const metrics = impactMetrics.map((metric) => IMPACT_METRICS[metric]);
    const people = new Map<string, number>();
    const sums = new Map<string, Moments>();
    let mixed = 0;
    for (const phase of phases) {
      const measured = await this.results.measured(IMPACT, phase, metrics);
      mixed += measured.mixed;
      for (const [arm, count] of measured.people) people.set(arm, (people.get(arm) ?? 0) + count);
      for (const [metric, byArm] of measured.moments)
        for (const [arm, moments] of byArm)
          sums.set(`${arm}/${metric}`, sumOfMoments(sums.get(`${arm}/${metric}`), moments));
    }
    const momentsOf = (arm: string) =>
      Object.fromEntries(
        impactMetrics.flatMap((metric: ImpactMetric) => {
          const moments = sums.get(`${arm}/${metric}`);
          return moments ? [[metric, moments]] : [];
        }),
      );
    return {
      observed: impactArms.map((arm) => ({ arm, people: people.get(arm) ?? 0, moments: momentsOf(arm) })),
      mixed,
    };
  }
}

function summaryOf(broken: boolean, figures: readonly { verdict: string; sentence: string }[]): string {
  if (broken)
    return 'The groups are not as large as they should be: believe no figure until the cause is found. Shares that were changed within the time are one.';
  const certain = figures.filter(({ verdict }) => verdict === 'pays' || verdict === 'harms');
  return certain.length === 0 ? 'Nothing is certain yet.' : certain.map(({ sentence }) => sentence).join(' ');
}

function bounded({ value, lower, upper }: Interval) {
  return {
    value,
    lower: Number.isFinite(lower) ? lower : null,
    upper: Number.isFinite(upper) ? upper : null,
  };
}
