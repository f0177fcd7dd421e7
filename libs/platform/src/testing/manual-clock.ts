import { Clock } from '../clock/clock.js';

/** A clock that stands still until it is moved. */
export class ManualClock extends Clock {
  constructor(private at: number = Date.UTC(2026, 0, 15, 12)) {
    super();
  }

  now(): number {
    return this.at;
  }

  /** Moves forward by so many milliseconds. */
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }

  set(at: number): void {
    this.at = at;
  }
}
