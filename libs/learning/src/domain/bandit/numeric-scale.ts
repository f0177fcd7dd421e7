/** Values further out than so many deviations are pulled in before they count, so that an outlier moves the scale little. */
const WINSOR = 3;
/** Values seen before winsorising begins. */
const SETTLED = 30;
const BOUND = 5;

/** Mean and spread of one numeric feature, learned online (Welford 1962) from winsorised values. */
export class NumericScale {
  constructor(
    public count = 0,
    public mean = 0,
    public squares = 0,
  ) {}

  /** Population standard deviation of what was seen. */
  get deviation(): number {
    return this.count === 0 ? 0 : Math.sqrt(this.squares / this.count);
  }

  observe(value: number): void {
    const reach = WINSOR * this.deviation;
    let inside = value;
    if (this.count > SETTLED && reach > 0)
      inside = Math.min(this.mean + reach, Math.max(this.mean - reach, value));
    const offset = inside - this.mean;
    this.count += 1;
    this.mean += offset / this.count;
    this.squares += offset * (inside - this.mean);
  }

  /** Deviations from the mean; beyond {@link WINSOR} it grows like a logarithm, and it never passes ±5. */
  scale(value: number): number {
    const { deviation } = this;
    if (!(deviation > 1e-12 * Math.max(1, Math.abs(this.mean)))) return 0;
    const z = (value - this.mean) / deviation;
    const size = Math.abs(z);
    if (size <= WINSOR) return z;
    return Math.sign(z) * Math.min(BOUND, WINSOR + Math.log1p(size - WINSOR));
  }
}
