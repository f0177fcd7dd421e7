/** Currencies without, and with three, decimal places (ISO 4217). All others have two. */
const NO_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

function scaleOf(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 1;
  return THREE_DECIMALS.has(currency) ? 1000 : 100;
}

/** An amount in a currency's smallest unit, so that sums stay exact. */
export function toMinor(amount: number, currency: string): number {
  // 1.005 * 100 is 100.49999…: the epsilon keeps what people write as decimals from falling to the wrong side.
  return Math.round(amount * scaleOf(currency) * (1 + Number.EPSILON));
}

export function fromMinor(minor: number, currency: string): number {
  return minor / scaleOf(currency);
}

/** The same number of another currency's whole units. */
export function inCurrency(minor: number, from: string, to: string): number {
  return scaleOf(from) === scaleOf(to) ? minor : toMinor(fromMinor(minor, from), to);
}
