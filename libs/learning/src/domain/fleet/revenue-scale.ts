/** Ninety-five of a hundred values of a normal distribution lie below so many deviations over its mean. */
const HIGH = 1.645;

/**
 * What revenue counts as a whole yes, learned from the orders that came: exp(m + 1.645·s), with m and s the mean and the deviation
 * of the logarithms so far (Welford 1962), the 95th percentile of what is log-normal. A reward of value / full, 1 at most, is linear
 * in the value, so that what earns more on average is preferred; the few larger orders do not drown the others.
 */
export class RevenueScale {
  constructor(
    public count = 0,
    public mean = 0,
    public squares = 0,
  ) {}

  observe(value: number): void {
    const log = Math.log(value);
    const offset = log - this.mean;
    this.count += 1;
    this.mean += offset / this.count;
    this.squares += offset * (log - this.mean);
  }

  /** In the unit of the values; infinite before the first. */
  get full(): number {
    return this.count === 0 ? Infinity : Math.exp(this.mean + HIGH * Math.sqrt(this.squares / this.count));
  }
}

/** How much of a yes a value is. */
export function revenueReward(value: number, full: number): number {
  return value > 0 ? Math.min(1, value / full) : 0;
}
