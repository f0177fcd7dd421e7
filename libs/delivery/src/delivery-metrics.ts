import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@repartee/platform';
import { Attempts } from './persistence/attempts.js';
import { Ledger } from './persistence/ledger.js';

/** What operators look at: what waits, and what nobody knows. Counted when it is asked for. */
@Injectable()
export class DeliveryMetrics {
  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(Ledger) ledger: Ledger,
    @Inject(Attempts) attempts: Attempts,
  ) {
    metrics.gauge(
      'repartee_delivery_unknown',
      'Deliveries of which nobody knows what became of them',
      [],
      async (gauge) => gauge.set(await ledger.unknown()),
    );
    metrics.gauge(
      'repartee_delivery_open_attempts',
      'Attempts under way, by connector',
      ['connector'],
      async (gauge) => {
        gauge.reset();
        for (const [connector, open] of await attempts.openByConnector()) gauge.set({ connector }, open);
      },
    );
  }
}
