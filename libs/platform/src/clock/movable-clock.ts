import { Clock } from './clock.js';

/** The system's time and an offset that only grows: whoever saw an hour never sees an earlier one for it. */
export class MovableClock extends Clock {
  private ahead = 0;

  /** Milliseconds ahead of the system's time. */
  get offset(): number {
    return this.ahead;
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  /** An offset behind the present one changes nothing: news of it came late. */
  moveTo(offset: number): void {
    this.ahead = Math.max(this.ahead, offset);
  }
}
