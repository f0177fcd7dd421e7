import { eventTypes, type EventType } from '@repartee/contracts';
import { z } from 'zod';

/** What becomes of an event that breaks the plan: kept all the same, kept aside, or not kept at all. */
export const PLAN_MODES = ['allow', 'quarantine', 'block'] as const;
export type PlanMode = (typeof PLAN_MODES)[number];

const MAX_EVENTS = 500;

const plannedEventSchema = z.strictObject({
  type: z.enum(eventTypes).default('track'),
  /** Name of a track, page or screen call; without it every call of the type. */
  name: z.string().min(1).max(512).optional(),
  /** JSON Schema of the properties, or of the traits of an identify or group call. Anything goes without it. */
  schema: z.record(z.string(), z.unknown()).optional(),
  /** When the schema is broken; the plan's unless given. */
  mode: z.enum(PLAN_MODES).optional(),
});

/** What a source has promised to send. */
export const trackingPlanSchema = z.strictObject({
  /** When a schema is broken. */
  mode: z.enum(PLAN_MODES).default('quarantine'),
  /** For events the plan does not name. */
  unplanned: z.enum(PLAN_MODES).default('allow'),
  events: z.array(plannedEventSchema).max(MAX_EVENTS).default([]),
});

export type TrackingPlan = z.output<typeof trackingPlanSchema>;
export type PlannedEvent = TrackingPlan['events'][number];

/** What of an event a plan looks at. */
export interface PlannableEvent {
  readonly type: string;
  readonly event?: string | undefined;
  readonly name?: string | undefined;
  readonly properties?: unknown;
  readonly traits?: unknown;
}

/** A break of the plan: why, and what becomes of the event. */
export interface Verdict {
  readonly action: 'quarantine' | 'block';
  readonly code: 'GOVERNANCE.EVENT_OFF_PLAN' | 'GOVERNANCE.EVENT_UNPLANNED';
  readonly errors: { pointer: string; detail: string }[];
}

/** Says what is wrong with the properties or traits of an event; nothing when all is well. */
export type SchemaCheck = (value: unknown) => { pointer: string; detail: string }[];

/** Where in an event the schema of a planned event applies. */
export function plannedPart(type: string): 'properties' | 'traits' {
  return type === 'identify' || type === 'group' ? 'traits' : 'properties';
}

/** By what a plan knows an event; a plan may name a call's type without a name. */
export function plannedKey(type: EventType | string, name: string | undefined): string {
  return `${type}\u0000${name ?? ''}`;
}

/** A finding with the mode the plan says; `allow` is a finding too, for it is counted. */
export interface Finding {
  readonly mode: PlanMode;
  readonly code: Verdict['code'];
  readonly errors: Verdict['errors'];
}

/** What becomes of an event by a finding: what the plan allows goes its way. */
export function verdictOf(finding: Finding | undefined): Verdict | undefined {
  if (!finding || finding.mode === 'allow') return undefined;
  return { action: finding.mode, code: finding.code, errors: finding.errors };
}

/**
 * Judges one event by a plan.
 * @param find the planned event of a key, if the plan has one
 * @param check the compiled schema of a planned event, if it has one
 */
export function judge<P extends Pick<PlannedEvent, 'mode'>>(
  plan: Pick<TrackingPlan, 'mode' | 'unplanned'>,
  event: PlannableEvent,
  find: (key: string) => P | undefined,
  check: (planned: P) => SchemaCheck | undefined,
): Finding | undefined {
  const name = event.event ?? event.name;
  const planned = find(plannedKey(event.type, name)) ?? find(plannedKey(event.type, undefined));
  if (!planned) {
    const what = name === undefined ? event.type : `${event.type} “${name.slice(0, 100)}”`;
    const errors = [{ pointer: '#', detail: `${what} is not in the tracking plan` }];
    return { mode: plan.unplanned, code: 'GOVERNANCE.EVENT_UNPLANNED', errors };
  }
  const part = plannedPart(event.type);
  const errors = check(planned)?.(event[part] ?? {}) ?? [];
  if (errors.length === 0) return undefined;
  return {
    mode: planned.mode ?? plan.mode,
    code: 'GOVERNANCE.EVENT_OFF_PLAN',
    errors: errors.map(({ pointer, detail }) => ({ pointer: `#/${part}${pointer}`, detail })),
  };
}
