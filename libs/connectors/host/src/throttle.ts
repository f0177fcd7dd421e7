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

/** Lets a limited number work at a time; the others wait in line, for a while. */
export class Slots {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  get free(): number {
    return this.#free;
  }

  /** Takes so many of those that are free. */
  take(count: number): void {
    this.#free -= count;
  }

  /** @returns whether a slot came free within `patience` milliseconds; if so, {@link release} it. */
  async acquire(patience: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const turn = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#line.splice(this.#line.indexOf(turn), 1);
        resolve(false);
      }, patience);
      this.#line.push(turn);
    });
  }

  release(count = 1): void {
    for (let released = 0; released < count; released += 1) {
      const next = this.#line.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
