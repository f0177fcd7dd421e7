import { centsOf } from '../purchases/cents.js';
import type { ExpectedRecord } from '../purchases/dataset.js';

/**
 * Whether a golden record holds what the file says, to the cent. `early`: less than the file says, which may only mean
 * that some events are still being processed.
 */
export function compare(
  expected: ExpectedRecord,
  computed: { orders_count: number; orders_total: number } | undefined,
): 'right' | 'early' | 'wrong' {
  if (!computed || computed.orders_count < expected.orders) return 'early';
  const right =
    computed.orders_count === expected.orders && centsOf(String(computed.orders_total)) === expected.cents;
  return right ? 'right' : 'wrong';
}
