import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Many short pieces of work that arrive at once, as requests do, done a turn at a time: between turns the event loop sees to
 * sockets. Without it a burst of requests is one long turn, and what the database should write gets its share once in it.
 * Whoever comes first goes first.
 */
export class TurnQueue {
  private readonly waiting: (() => void)[] = [];
  /** Of the turn of the event loop that is under way; undefined before anything was asked in it. */
  private began: number | undefined;
  private serving = false;

  /**
   * @param turn milliseconds of work at a stretch
   * @param now monotonic milliseconds
   */
  constructor(
    private readonly turn: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Undefined: go on at once. Else resolves when it is this piece's turn; it goes on then without waiting for anything. */
  mine(): Promise<void> | undefined {
    if (!this.serving && !this.over()) return undefined;
    const turn = new Promise<void>((resolve) => this.waiting.push(resolve));
    if (!this.serving) void this.serve();
    return turn;
  }

  private over(): boolean {
    const now = this.now();
    if (this.began === undefined) {
      this.began = now;
      setImmediate(() => (this.began = undefined));
    }
    return now - this.began >= this.turn;
  }

  private async serve(): Promise<void> {
    this.serving = true;
    let next = 0;
    while (next < this.waiting.length) {
      await nextTurn();
      const began = this.now();
      while (next < this.waiting.length && this.now() - began < this.turn) {
        this.waiting[next]!();
        next += 1;
        // Its piece runs before this goes on.
        await undefined;
      }
      this.waiting.splice(0, next);
      next = 0;
    }
    this.serving = false;
  }
}
