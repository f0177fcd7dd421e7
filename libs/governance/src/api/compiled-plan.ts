import {
  judge,
  plannedKey,
  type Finding,
  type PlannableEvent,
  type PlannedEvent,
  type SchemaCheck,
  type TrackingPlan,
} from '../domain/index.js';
import { SchemaCompiler } from './schema-compiler.js';

/**
 * One source's plan, ready to judge. Schemas are compiled when the first event asks for them. It stands behind a door of
 * its own, so that a worker thread which judges loads nothing else.
 */
export class CompiledPlan {
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
