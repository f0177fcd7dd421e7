import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type CounterConfiguration,
  type Metric,
} from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

const DEFAULT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The process's metrics in a registry of their own. Names are `repartee_<scope>_<what>_<unit>`. */
export class Metrics {
  readonly registry = new Registry();

  constructor(options: { defaults?: boolean } = {}) {
    // Memory, CPU, garbage collection and event-loop lag (nodejs_eventloop_lag_*).
    if (options.defaults !== false) collectDefaultMetrics({ register: this.registry });
  }

  /** The counter of this name; made on the first call. */
  counter<L extends string = string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.getOrCreate(name, (config) => new Counter<L>({ ...config, labelNames, help }), Counter);
  }

  /** The gauge of this name; made on the first call. `collect` is asked when the metrics are read; where it fails the gauge is left out. */
  gauge<L extends string = string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    return this.getOrCreate(
      name,
      (config) =>
        new Gauge<L>({
          ...config,
          labelNames,
          help,
          ...(collect && {
            async collect(this: Gauge<L>) {
              try {
                await collect(this);
              } catch {
                // What cannot be read now, as the database is away, must not cost all the other figures.
                this.reset();
              }
            },
          }),
        }),
      Gauge,
    );
  }

  /** The histogram of this name; made on the first call. Buckets are in seconds unless the name says otherwise. */
  histogram<L extends string = string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    buckets: readonly number[] = DEFAULT_BUCKETS,
  ): Histogram<L> {
    return this.getOrCreate(
      name,
      (config) => new Histogram<L>({ ...config, labelNames, help, buckets: [...buckets] }),
      Histogram,
    );
  }

  /** All metrics in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private getOrCreate<M extends Metric>(
    name: string,
    create: (config: Pick<CounterConfiguration<string>, 'name' | 'registers'>) => M,
    kind: abstract new (...args: never[]) => unknown,
  ): M {
    const existing = this.registry.getSingleMetric(name);
    if (existing === undefined) return create({ name, registers: [this.registry] });
    if (!(existing instanceof kind)) throw new Error(`metric ${name} exists with another type`);
    return existing as M;
  }
}
