import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets long work share the event loop: it works in short turns, and what requests bring is served in between. With a
 * `rest` the work takes no more than `turn / (turn + rest)` of the process.
 */
export class Turns {
  private began = performance.now();

  /**
   * @param turn milliseconds of work at a stretch
   * @param rest milliseconds of nothing after each turn
   */
  constructor(
    private readonly turn = 2,
    private readonly rest = 0,
  ) {}

  /** Whether this turn is over; who says yes asks for the {@link next}. */
  get over(): boolean {
    return performance.now() - this.began >= this.turn;
  }

  /** Waits for the next turn if this one is over. To be asked between pieces of work that are much shorter than a turn. */
  async next(): Promise<void> {
    if (!this.over) return;
    await (this.rest > 0 ? sleep(this.rest) : nextTurn());
    this.began = performance.now();
  }
}
