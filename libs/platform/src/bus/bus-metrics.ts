import type { Counter, Gauge, Metrics } from '../telemetry/index.js';
import type { Depth } from './message-store.js';

/** What the bus tells Prometheus. */
export class BusMetrics {
  private readonly depth: Gauge<'type'>;
  private readonly oldest: Gauge<'type'>;
  private readonly claims: Counter<'type'>;
  private readonly retries: Counter<'type'>;
  private readonly deadLetters: Counter<'type' | 'cause'>;
  private readonly lostLeases: Counter<'type'>;

  constructor(metrics: Metrics) {
    this.depth = metrics.gauge('repartee_bus_depth', 'Messages on the bus, waiting or in hand', ['type']);
    this.oldest = metrics.gauge(
      'repartee_bus_oldest_seconds',
      'For how long the oldest waiting message has been due',
      ['type'],
    );
    this.claims = metrics.counter('repartee_bus_claims_total', 'Messages taken by this process', ['type']);
    this.retries = metrics.counter('repartee_bus_retries_total', 'Tries that failed and will be repeated', [
      'type',
    ]);
    this.deadLetters = metrics.counter('repartee_bus_dead_letters_total', 'Messages given up', [
      'type',
      'cause',
    ]);
    this.lostLeases = metrics.counter(
      'repartee_bus_lost_leases_total',
      'Messages that another worker took over while this one held them',
      ['type'],
    );
  }

  claimed(type: string, count: number): void {
    this.claims.inc({ type }, count);
  }

  retried(type: string): void {
    this.retries.inc({ type });
  }

  buried(type: string, cause: string): void {
    this.deadLetters.inc({ type, cause });
  }

  leaseLost(type: string): void {
    this.lostLeases.inc({ type });
  }

  /** Replaces what was known of the queue; a type without messages is no longer shown. */
  observe(depths: Depth[], now: number): void {
    this.depth.reset();
    this.oldest.reset();
    for (const { type, depth, oldest } of depths) {
      this.depth.set({ type }, depth);
      this.oldest.set({ type }, oldest === null ? 0 : Math.max(0, now - oldest) / 1000);
    }
  }
}
