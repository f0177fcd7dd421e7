export interface GroupCommitOptions<T> {
  /** Writes all items durably, in one statement or transaction. Called with at most `maxItems`. */
  write: (items: T[]) => Promise<void>;
  maxItems: number;
  /** Writes under way at the same time. Two let one commit wait for the disk while the next one fills. */
  concurrency?: number;
  /** Milliseconds that a first item waits for company. 0: until the current turn of the event loop is over. */
  linger?: number;
}

interface Waiting<T> {
  items: T[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit (DeWitt et al., "Implementation techniques for main memory database systems", 1984):
 * callers that arrive close together share one write, and each hears back only after that write is durable.
 * While a write is under way the next group gathers, so groups grow with the load by themselves.
 */
export class GroupCommit<T> {
  private waiting: Waiting<T>[] = [];
  private underWay = 0;
  private scheduled = false;
  private idle: (() => void)[] = [];
  /** Items accepted and not yet durable. */
  pending = 0;

  constructor(private readonly options: GroupCommitOptions<T>) {}

  /** Resolves when all of `items` are durable; rejects with the write's error when they may not be. */
  add(items: T[]): Promise<void> {
    this.pending += items.length;
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when nothing is waiting or under way. */
  drained(): Promise<void> {
    if (this.pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.underWay >= (this.options.concurrency ?? 2)) return;
    this.scheduled = true;
    const start = () => {
      this.scheduled = false;
      void this.flush();
    };
    if (this.options.linger) setTimeout(start, this.options.linger);
    else setImmediate(start);
  }

  private take(): Waiting<T>[] {
    const group: Waiting<T>[] = [];
    let size = 0;
    for (const next of this.waiting) {
      if (group.length > 0 && size + next.items.length > this.options.maxItems) break;
      group.push(next);
      size += next.items.length;
    }
    this.waiting.splice(0, group.length);
    return group;
  }

  private async flush(): Promise<void> {
    const group = this.take();
    if (group.length === 0) return;
    this.underWay += 1;
    if (this.waiting.length > 0) this.schedule();
    try {
      await this.options.write(group.flatMap((waiting) => waiting.items));
      for (const waiting of group) waiting.resolve();
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
    this.underWay -= 1;
    for (const waiting of group) this.pending -= waiting.items.length;
    if (this.waiting.length > 0) this.schedule();
    else if (this.pending === 0) for (const wake of this.idle.splice(0)) wake();
  }
}
