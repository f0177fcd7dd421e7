import { Inject, Injectable, Logger } from '@nestjs/common';
import { Metrics } from '@repartee/platform';
import {
  judge,
  plannedKey,
  type Finding,
  type PlannableEvent,
  type PlannedEvent,
  type SchemaCheck,
  type TrackingPlan,
  type Verdict,
} from '../domain/index.js';
import { SchemaCompiler } from './schema-compiler.js';

/** One source's plan, ready to judge. Schemas are compiled when the first event asks for them. */
class CompiledPlan {
  private readonly compiler = new SchemaCompiler(true);
  private readonly events: ReadonlyMap<string, PlannedEvent>;
  private readonly checks = new Map<PlannedEvent, SchemaCheck | undefined>();
  private readonly find = (key: string) => this.events.get(key);
  private readonly check = (planned: PlannedEvent) => this.checkOf(planned);

  constructor(readonly plan: TrackingPlan) {
    this.events = new Map(plan.events.map((event) => [plannedKey(event.type, event.name), event]));
  }

  judge(event: PlannableEvent): Finding | undefined {
    return judge(this.plan, event, this.find, this.check);
  }

  private checkOf(planned: PlannedEvent): SchemaCheck | undefined {
    if (planned.schema === undefined) return undefined;
    const held = this.checks.get(planned);
    if (held) return held;
    const compiled = this.compiler.compile(planned.schema);
    const check = compiled.ok ? compiled.value : undefined;
    this.checks.set(planned, check);
    return check;
  }
}

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
    const plan = this.plans.get(source);
    if (plan === undefined) return undefined;
    const finding = this.judge(plan, source, event);
    if (!finding) return undefined;
    const { mode, code, errors } = finding;
    this.metrics
      .counter('repartee_tracking_plan_breaks_total', 'Events that broke their tracking plan', [
        'source',
        'action',
      ])
      .inc({ source, action: mode });
    return mode === 'allow' ? undefined : { action: mode, code, errors };
  }

  /** A check that fails must not stop events: they were promised to be kept. */
  private judge(plan: CompiledPlan, source: string, event: PlannableEvent): Finding | undefined {
    try {
      return plan.judge(event);
    } catch (error) {
      this.logger.warn(`the tracking plan of ${source} could not be applied: ${String(error)}`);
      return undefined;
    }
  }
}
