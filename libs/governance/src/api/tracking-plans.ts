import { Inject, Injectable, Logger } from '@nestjs/common';
import { Metrics } from '@repartee/platform';
import {
  type Finding,
  type PlanMode,
  type PlannableEvent,
  type TrackingPlan,
  type Verdict,
  verdictOf,
} from '../domain/index.js';
import { CompiledPlan } from './compiled-plan.js';

/** The tracking plans in force, in memory. */
@Injectable()
export class TrackingPlans {
  private readonly logger = new Logger(TrackingPlans.name);
  private plans: ReadonlyMap<string, CompiledPlan> = new Map();

  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  /** Puts plans in force: source → plan. One that has not changed keeps its compiled schemas. */
  use(plans: ReadonlyMap<string, TrackingPlan>): void {
    const held = new Map([...this.plans].map(([key, one]) => [`${key} ${JSON.stringify(one.plan)}`, one]));
    this.plans = new Map(
      [...plans].map(([key, plan]) => [
        key,
        held.get(`${key} ${JSON.stringify(plan)}`) ?? new CompiledPlan(plan),
      ]),
    );
  }

  /**
   * Judges an event that keeps the schema of all events. A source without a plan costs one look into a map.
   * @returns what becomes of an event that breaks its source's plan; undefined when it goes its way
   */
  check(source: string, event: PlannableEvent): Verdict | undefined {
    const finding = this.judge(source, event);
    if (!finding) return undefined;
    this.count(source, finding.mode, 1);
    return verdictOf(finding);
  }

  /** The plan of a source as it is now; the same object until it changes. For who judges elsewhere, and counts here. */
  planOf(source: string): TrackingPlan | undefined {
    return this.plans.get(source)?.plan;
  }

  /** Notes events that broke the plan. */
  count(source: string, action: PlanMode, events: number): void {
    if (events === 0) return;
    this.metrics
      .counter('repartee_tracking_plan_breaks_total', 'Events that broke their tracking plan', [
        'source',
        'action',
      ])
      .inc({ source, action }, events);
  }

  /** Judges without counting. A check that fails must not stop events: they were promised to be kept. */
  judge(source: string, event: PlannableEvent): Finding | undefined {
    const plan = this.plans.get(source);
    try {
      return plan?.judge(event);
    } catch (error) {
      this.logger.warn(`the tracking plan of ${source} could not be applied: ${String(error)}`);
      return undefined;
    }
  }
}
