import { keySchema } from '@repartee/contracts';
import { z } from 'zod';

/** Keys are names in URLs, receipts and reports. */
/** What a metric counts: a response to an offer, orders, what they were worth, or an event by its name. */
export const metricKinds = ['click', 'accept', 'convert', 'reject', 'order', 'revenue', 'event'] as const;
export type MetricKind = (typeof metricKinds)[number];

const metricFields = {
  key: keySchema,
  of: z.enum(metricKinds),
  /** Responses to this offer alone; else to the offer of the experiment, or to any. */
  offer: keySchema.optional(),
  /** With `of: event`: its name. */
  event: z.string().min(1).max(512).optional(),
  /** With `of: event`: the property whose number is added up; without it, whether the event happened. */
  property: z.string().min(1).max(100).optional(),
  /** With `of: revenue`: orders in this currency count. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is three capital letters (ISO 4217)')
    .optional(),
  better: z.enum(['more', 'less']).default('more'),
  /** More than this of one person counts as this much: a few very large orders would drown the rest. */
  cap: z.number().positive().max(1e12).optional(),
  /** Takes out what people did before (CUPED), so that less of the difference is chance. */
  cuped: z.boolean().default(false),
};

/** Further members that some kinds need. */
const NEEDS: Partial<Record<MetricKind, 'event' | 'currency'>> = { event: 'event', revenue: 'currency' };

function checkMetric(
  metric: { of: MetricKind; event?: unknown; currency?: unknown },
  context: z.RefinementCtx,
) {
  const needed = NEEDS[metric.of];
  if (needed !== undefined && metric[needed] === undefined) {
    context.addIssue({ code: 'custom', path: [needed], message: `is needed with of: ${metric.of}` });
  }
}

export const metricSchema = z
  .strictObject(metricFields)
  .superRefine(checkMetric)
  .meta({ id: 'ExperimentMetric' });
export type Metric = z.output<typeof metricSchema>;

/** A metric that must not get worse. */
export const guardrailSchema = z
  .strictObject({
    ...metricFields,
    /** How much worse than the control it may become, as a share of the control's mean. */
    tolerance: z.number().min(0).max(1).default(0),
  })
  .superRefine(checkMetric)
  .meta({ id: 'ExperimentGuardrail' });
export type Guardrail = z.output<typeof guardrailSchema>;

/** Whether a person counts once or not at all, instead of with what was added up. */
export function isRate({ of, property }: Pick<Metric, 'of' | 'property'>): boolean {
  return of !== 'revenue' && property === undefined;
}
