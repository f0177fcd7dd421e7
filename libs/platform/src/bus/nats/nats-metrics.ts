import type { Counter, Gauge, Metrics } from '../../telemetry/index.js';

/** What the bus over NATS tells Prometheus beyond what every bus does. */
export class NatsMetrics {
  private readonly outgoing: Counter;
  private readonly tooLarge: Counter<'type'>;
  private readonly again: Counter<'type'>;
  private readonly waiting: Gauge<'type'>;
  private readonly held: Gauge<'type'>;

  constructor(metrics: Metrics, connected: () => boolean) {
    this.outgoing = metrics.counter('repartee_bus_relayed_total', 'Messages carried from the outbox to NATS');
    this.tooLarge = metrics.counter('repartee_bus_too_large_total', 'Messages larger than NATS takes', [
      'type',
    ]);
    this.again = metrics.counter('repartee_bus_redeliveries_total', 'Messages that NATS delivered again', [
      'type',
    ]);
    this.waiting = metrics.gauge('repartee_bus_stream_waiting', 'Messages in the stream, not yet delivered', [
      'type',
    ]);
    this.held = metrics.gauge('repartee_bus_stream_held', 'Messages of the stream in the hands of a worker', [
      'type',
    ]);
    metrics.gauge('repartee_bus_connected', '1 while this process is connected to NATS', [], (gauge) =>
      gauge.set(connected() ? 1 : 0),
    );
  }

  relayed(count: number): void {
    if (count > 0) this.outgoing.inc(count);
  }

  refused(type: string): void {
    this.tooLarge.inc({ type });
  }

  redelivered(type: string): void {
    this.again.inc({ type });
  }

  observe(type: string, { waiting, held }: { waiting: number; held: number }): void {
    this.waiting.set({ type }, waiting);
    this.held.set({ type }, held);
  }
}
