import type { Latency } from '../figures.js';

/** A Prometheus histogram at one moment. */
export interface HistogramState {
  /** How many were at or below each bound, in seconds; the bounds ascend and end with infinity. */
  buckets: { bound: number; count: number }[];
}

/** Reads a histogram without labels from Prometheus' text format; empty where nothing was observed yet. */
export function readHistogram(text: string, name: string): HistogramState {
  const lines = text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)`, 'gm'));
  const buckets = [...lines].map(([, bound, count]) => ({
    bound: bound === '+Inf' ? Infinity : Number(bound),
    count: Number(count),
  }));
  return { buckets };
}

/** What was observed between two moments: how often, and its percentiles in milliseconds, linear within a bucket. */
export function observedBetween(
  before: HistogramState,
  after: HistogramState,
): { count: number; latency: Latency } {
  const held = new Map(before.buckets.map(({ bound, count }) => [bound, count]));
  const buckets = after.buckets.map(({ bound, count }) => ({ bound, count: count - (held.get(bound) ?? 0) }));
  const count = buckets.at(-1)?.count ?? 0;
  const quantile = (share: number) => {
    const rank = share * count;
    const index = buckets.findIndex((bucket) => bucket.count >= rank);
    const [upper, lower] = [buckets[index], buckets[index - 1] ?? { bound: 0, count: 0 }];
    if (!upper || count === 0) return NaN;
    if (upper.bound === Infinity) return Infinity;
    const within = (rank - lower.count) / (upper.count - lower.count);
    return (lower.bound + within * (upper.bound - lower.bound)) * 1000;
  };
  return { count, latency: { p50: quantile(0.5), p99: quantile(0.99) } };
}
