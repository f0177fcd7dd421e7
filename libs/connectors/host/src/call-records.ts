import type { Outcome } from '@repartee/contracts';
import { type Metrics, SpanKind, type Tracer } from '@repartee/platform';
import type { ConnectorRunner } from './connector-runner.js';

/** One call that ends with an outcome, as it is told to metrics and traces. */
export interface RecordedCall {
  connector: string;
  call: 'deliver' | 'reconcile' | 'onEvent';
  attributes: Record<string, string>;
  traceparent: string | undefined;
}

/** Tells metrics and traces of the calls to connectors. */
export class CallRecords {
  readonly #outcomes;
  readonly #durations;

  constructor(
    metrics: Metrics,
    private readonly tracer: Tracer,
  ) {
    this.#outcomes = metrics.counter(
      'repartee_connector_outcomes_total',
      'What became of calls to connectors',
      ['connector', 'call', 'status', 'code'],
    );
    this.#durations = metrics.histogram(
      'repartee_connector_call_seconds',
      'How long calls to connectors took',
      ['connector', 'call'],
    );
  }

  /** @param work gets the trace context of the call */
  async of(
    { connector, call, attributes, traceparent }: RecordedCall,
    work: (traceparent: string | undefined) => Promise<Outcome>,
  ): Promise<Outcome> {
    const ended = this.#durations.startTimer({ connector, call });
    const options = { traceparent, kind: SpanKind.CLIENT, attributes: { connector, ...attributes } };
    const outcome = await this.tracer.span(`connector.${call}`, options, async (span) => {
      const done = await work(this.tracer.currentTraceparent());
      span.setAttribute('outcome', done.status);
      return done;
    });
    ended();
    const code = outcome.status === 'rejected' ? outcome.code : '';
    this.#outcomes.inc({ connector, call, status: outcome.status, code });
    return outcome;
  }
}

/** Shows which connectors are left alone. */
export function watchCircuits(metrics: Metrics, runners: ReadonlyMap<string, ConnectorRunner>): void {
  metrics.gauge(
    'repartee_connector_circuit_open',
    'Whether the connector is left alone',
    ['connector'],
    (gauge) => {
      for (const [connector, { admission }] of runners)
        gauge.set({ connector }, admission.circuitOpen ? 1 : 0);
    },
  );
}
