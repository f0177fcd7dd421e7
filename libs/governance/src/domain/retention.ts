import { z } from 'zod';

/** What is kept, in the kinds that rules may speak of. */
export const RETAINED_KINDS = [
  'events',
  'quarantine',
  'timeline',
  'decisions',
  'simulations',
  'presentations',
  'negotiations',
  'experiments',
  'learning-log',
  'deliveries',
  'connector-facts',
  'connector-events',
  'inbound-reviews',
  'dialogues',
  'calls',
  'tasks',
  'webhooks',
  'shifts',
  'notices',
  'dead-letters',
  'audit',
] as const;
export type RetainedKind = (typeof RETAINED_KINDS)[number];

/** Kinds whose records know which source they came from. */
export const KINDS_BY_SOURCE: ReadonlySet<RetainedKind> = new Set<RetainedKind>(['events', 'quarantine']);

/** Classes of fields that can be taken out of events while the events stay. */
export const STRIPPABLE_CLASSES = ['contact', 'sensitive'] as const;
export type StrippableClass = (typeof STRIPPABLE_CLASSES)[number];

const DAY = 86_400_000;

const ruleSchema = z
  .strictObject({
    kind: z.enum(RETAINED_KINDS),
    /** Only what this source sent; a rule for a source goes before the rule for all others. */
    source: z.string().min(1).max(63).optional(),
    /** Only the fields of this class, taken out of events; without it whole records go. */
    class: z.enum(STRIPPABLE_CLASSES).optional(),
    keepDays: z.int().min(1).max(36_500),
  })
  .refine(({ kind, source }) => source === undefined || KINDS_BY_SOURCE.has(kind), {
    path: ['source'],
    message: 'events and quarantine alone know their source',
  })
  .refine(({ kind, class: held }) => held === undefined || kind === 'events', {
    path: ['class'],
    message: 'fields are taken out of events alone',
  });

/** How long what is kept. Nothing is said by default: everything is kept until somebody says otherwise. */
export const retentionSchema = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(500)
    .refine((rules) => new Set(rules.map(keyOf)).size === rules.length, {
      message: 'two rules for one thing',
    })
    .default([]),
});
export type RetentionDocument = z.output<typeof retentionSchema>;
export type RetentionRule = RetentionDocument['rules'][number];

function keyOf({ kind, source, class: held }: { kind: string; source?: string; class?: string }): string {
  return [kind, source ?? '*', held ?? '*'].join(' ');
}

/** What one rule means now. */
export interface Cutoff {
  /** Names the rule. */
  readonly rule: string;
  readonly kind: RetainedKind;
  /** Null: every source but `except`. */
  readonly source: string | null;
  readonly except: readonly string[];
  /** Null: whole records. */
  readonly class: StrippableClass | null;
  /** What is older goes. */
  readonly before: Date;
}

/** What rules mean at `now` (milliseconds since the epoch): a rule for a source takes its source out of the general one. */
export function cutoffs({ rules }: RetentionDocument, now: number): Cutoff[] {
  return rules.map((rule) => ({
    rule: keyOf(rule),
    kind: rule.kind,
    source: rule.source ?? null,
    except: rules.flatMap((other) =>
      rule.source === undefined &&
      other.kind === rule.kind &&
      other.class === rule.class &&
      other.source !== undefined
        ? [other.source]
        : [],
    ),
    class: rule.class ?? null,
    before: new Date(now - rule.keepDays * DAY),
  }));
}
