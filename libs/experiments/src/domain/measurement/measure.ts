import { fromMinor, type OrderFact, type ProfileView } from '@repartee/profile/domain';
import { metricsOf, type CompiledExperiment, type Metric } from '../definition/index.js';

/** Something a person did, as metrics see it. */
export interface Happening {
  eventId: string;
  /** Event time, milliseconds since the epoch. */
  at: number;
  response?: { type: string; offer: string; decisionId?: string; value?: number };
  event?: { name: string; properties: Record<string, unknown> };
  order?: OrderFact;
}

/** What a metric makes of it. */
export interface Measured {
  metric: string;
  /** What counts once: an order, an event. */
  key: string;
  value: number;
  /** Counts only with this: a refund with its order. */
  needs: string | null;
}

/** What of an experiment's metrics a happening is. */
export function measure({ document, subject }: CompiledExperiment, happening: Happening): Measured[] {
  const offer = subject.kind === 'offer' ? subject.key : undefined;
  return metricsOf(document).flatMap((metric) => {
    const measured = one(metric, metric.offer ?? offer, happening);
    return measured ? [{ metric: metric.key, needs: null, ...measured }] : [];
  });
}

type Counted = Pick<Measured, 'key' | 'value'> & { needs?: string };

function one(metric: Metric, offer: string | undefined, happening: Happening): Counted | undefined {
  const { response, event, order, eventId } = happening;
  switch (metric.of) {
    case 'order':
    case 'revenue':
      return order && ofOrder(metric, order);
    case 'event':
      if (event?.name !== metric.event) return undefined;
      return { key: eventId, value: ofProperty(metric, event?.properties ?? {}) };
    default: {
      const said = response?.type === metric.of || (metric.of === 'accept' && response?.type === 'convert');
      return said && (offer === undefined || response.offer === offer)
        ? { key: eventId, value: 1 }
        : undefined;
    }
  }
}

function ofProperty({ property }: Metric, properties: Record<string, unknown>): number {
  if (property === undefined) return 1;
  const value = Number(properties[property] ?? 0);
  return Number.isFinite(value) ? value : 0;
}

function ofOrder(
  { of, currency }: Metric,
  { kind, orderId, currency: paid, amount, eventId }: OrderFact,
): Counted | undefined {
  const key = `order:${orderId}`;
  if (kind === 'cancelled') return { key, value: 0 };
  if (of === 'order') return kind === 'completed' ? { key, value: 1 } : undefined;
  if (paid !== currency) return undefined;
  const value = fromMinor(amount, currency);
  return kind === 'completed' ? { key, value } : { key: `refund:${eventId}`, value: -value, needs: key };
}

/**
 * What the metrics that ask for it (CUPED) were of this person before: their count or total of all time. Null where none
 * asks.
 */
export function measuresBefore(
  experiment: CompiledExperiment,
  view: ProfileView,
): Record<string, number> | null {
  const asking = metricsOf(experiment.document).filter(({ cuped }) => cuped);
  if (asking.length === 0) return null;
  const offer = experiment.subject.kind === 'offer' ? experiment.subject.key : undefined;
  return Object.fromEntries(
    asking.map((metric) => [metric.key, before(metric, metric.offer ?? offer, view)]),
  );
}

const COUNTERS = { click: 'clicks', accept: 'accepts', convert: 'converts', reject: 'rejects' } as const;

function before(metric: Metric, offer: string | undefined, view: ProfileView): number {
  const { of } = metric;
  if (of === 'order') return Number(view.computed['orders_count'] ?? 0);
  if (of === 'revenue') {
    const totals = (view.computed['orders_by_currency'] ?? {}) as Record<
      string,
      { total: number } | undefined
    >;
    return totals[metric.currency ?? '']?.total ?? 0;
  }
  if (of === 'event') return view.events[metric.event ?? '']?.count ?? 0;
  const memories = Object.entries(view.offers).filter(([key]) => offer === undefined || key === offer);
  return memories.reduce((sum, [, memory]) => sum + memory[COUNTERS[of]], 0);
}
