/** Spaces calls evenly, so that no second sees more than the allowed number. */
export class RateLimiter {
  #next = 0;

  /** @param now monotonic milliseconds */
  constructor(
    private readonly ratePerSecond: number,
    private readonly now: () => number,
  ) {}

  /**
   * Takes the next place if it comes within `patience` milliseconds.
   * @returns how long to wait for it, or how long it would have been
   */
  reserve(patience: number): { taken: boolean; wait: number } {
    const at = Math.max(this.#next, this.now());
    const wait = at - this.now();
    if (wait > patience) return { taken: false, wait };
    this.#next = at + 1000 / this.ratePerSecond;
    return { taken: true, wait };
  }

  /** Gives places back that were taken and not used. */
  refund(count: number): void {
    this.#next -= (count * 1000) / this.ratePerSecond;
  }
}
