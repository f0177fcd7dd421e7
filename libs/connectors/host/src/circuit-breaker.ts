export interface CircuitSettings {
  /** Failures in a row that open it. */
  failures: number;
  /** Milliseconds it stays open at first; doubled each time the trial fails, up to ten times as long. */
  openFor: number;
}

const LONGEST = 10;

/**
 * Stops calling what has failed again and again: closed, it lets everything through; open, nothing; when its time is
 * up, one trial, whose outcome closes it or opens it for longer.
 */
export class CircuitBreaker {
  #failures = 0;
  #openUntil: number | undefined;
  #openFor: number;
  #onTrial = false;

  /** @param now monotonic milliseconds */
  constructor(
    private readonly settings: CircuitSettings,
    private readonly now: () => number,
  ) {
    this.#openFor = settings.openFor;
  }

  get open(): boolean {
    return this.#openUntil !== undefined;
  }

  /** Whether nobody may call at the moment. */
  get refusing(): boolean {
    return this.#openUntil !== undefined && (this.#onTrial || this.#openUntil > this.now());
  }

  /** Asks to call. @returns 0 when it may (then `succeeded`, `failed` or `abandoned` must follow), else milliseconds to wait. */
  enter(): number {
    if (this.#openUntil === undefined) return 0;
    const left = this.#openUntil - this.now();
    if (left > 0) return left;
    if (this.#onTrial) return this.#openFor;
    this.#onTrial = true;
    return 0;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = undefined;
    this.#openFor = this.settings.openFor;
    this.#onTrial = false;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#onTrial) {
      this.#openFor = Math.min(this.#openFor * 2, this.settings.openFor * LONGEST);
      this.#openUntil = this.now() + this.#openFor;
    } else if (this.#failures >= this.settings.failures && this.#openUntil === undefined) {
      this.#openUntil = this.now() + this.#openFor;
    }
    this.#onTrial = false;
  }

  /** The call told nothing of how the provider does. */
  abandoned(): void {
    this.#onTrial = false;
  }
}
