import type { Transaction } from '@repartee/platform';
import { RevenueScale } from '../domain/index.js';

/** What revenue counts as a whole yes, per currency. */
export class ScalesByCurrency {
  constructor(readonly scales = new Map<string, RevenueScale>()) {}

  of(currency: string): RevenueScale {
    const found = this.scales.get(currency) ?? new RevenueScale();
    this.scales.set(currency, found);
    return found;
  }
}

/** Reads and writes them; under the lock of the learner. */
export class RevenueScales {
  async load(tx: Transaction): Promise<ScalesByCurrency> {
    const rows = await tx.query<{ currency: string; count: number; mean: number; squares: number }>(
      'SELECT currency, count, mean, squares FROM learning_revenue',
    );
    return new ScalesByCurrency(
      new Map(
        rows.map(({ currency, count, mean, squares }) => [currency, new RevenueScale(count, mean, squares)]),
      ),
    );
  }

  async save(tx: Transaction, { scales }: ScalesByCurrency): Promise<void> {
    for (const [currency, { count, mean, squares }] of scales)
      await tx.query(
        `INSERT INTO learning_revenue (currency, count, mean, squares) VALUES ($1, $2, $3, $4)
         ON CONFLICT (currency) DO UPDATE SET count = excluded.count, mean = excluded.mean, squares = excluded.squares`,
        [currency, count, mean, squares],
      );
  }
}
