/** How long a first item waits for company. */
const LINGER_MS = 25;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2000;
/** How long {@link WriteBehind.drain} waits for a database that does not answer. */
const DRAIN_MS = 5000;

export interface WriteBehindOptions<T> {
  /** What is written, in the plural: for the log. */
  what: string;
  /** Writes items in one go. @returns those that were refused for good; rejects when none could be written */
  write: (items: readonly T[]) => Promise<readonly T[]>;
  /** An item in words, for the log. */
  nameOf: (item: T) => string;
  /** How much an item weighs; the limits below count in it. One each unless told. */
  sizeOf?: (item: T) => number;
  /** The most that one write takes. */
  batch: number;
  /** With so much waiting, the next write does not wait for more. */
  enough: number;
  /** What is kept while the database takes nothing; beyond it {@link WriteBehind.full} says so. */
  capacity: number;
  logger: { warn(message: string): void; error(message: string): void };
}

/**
 * Writes what somebody does not wait for: durable within 100 ms as a rule, in order, and kept and tried again while the
 * database fails. Who must wait for the write uses GroupCommit.
 */
export class WriteBehind<T> {
  private waiting: T[] = [];
  private writing: T[] = [];
  /** Of `waiting` and `writing`. */
  private size = 0;
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<boolean> | undefined;
  private failures = 0;

  constructor(private readonly options: WriteBehindOptions<T>) {}

  /** Items that are not durable yet. */
  get pending(): number {
    return this.waiting.length + this.writing.length;
  }

  /** Whether one more would be more than may be kept safely. */
  get full(): boolean {
    return this.size >= this.options.capacity;
  }

  /** Whether a quarter of what may be kept waits: who brings very much at once lets others go first. */
  get crowded(): boolean {
    return this.size >= this.options.capacity / 4;
  }

  add(item: T): void {
    this.waiting.push(item);
    this.size += this.sizeOf(item);
    if (this.timer === undefined && this.underWay === undefined) this.schedule(LINGER_MS);
  }

  /** An item on its way. */
  find(isIt: (item: T) => boolean): T | undefined {
    return this.waiting.find(isIt) ?? this.writing.find(isIt);
  }

  /** Resolves when everything added so far is durable, or the database has not answered for 5 s. */
  async drain(): Promise<void> {
    const deadline = performance.now() + DRAIN_MS;
    while (this.pending > 0 && performance.now() < deadline) {
      if (!(await this.flush())) await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS));
    }
  }

  /** Drains for the last time, and says what could not be written. */
  async close(): Promise<void> {
    await this.drain();
    clearTimeout(this.timer);
    const { logger, what } = this.options;
    if (this.pending > 0) logger.error(`${this.pending} ${what} could not be written`);
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** One write at a time: whoever comes meanwhile waits for it. Says whether it went well. */
  private flush(): Promise<boolean> {
    this.underWay ??= this.write().finally(() => {
      this.underWay = undefined;
      this.timer = undefined;
      if (this.waiting.length > 0) this.schedule(this.pause());
    });
    return this.underWay;
  }

  private async write(): Promise<boolean> {
    clearTimeout(this.timer);
    this.writing = this.nextBatch();
    if (this.writing.length === 0) return true;
    const { logger, nameOf, what, write } = this.options;
    try {
      for (const item of await write(this.writing))
        logger.error(`${nameOf(item)} was refused by the database`);
      this.failures = 0;
      for (const item of this.writing) this.size -= this.sizeOf(item);
      return true;
    } catch (error) {
      this.failures += 1;
      if (this.failures === 1)
        logger.warn(`${what} wait: ${error instanceof Error ? error.message : 'the database failed'}`);
      this.waiting = [...this.writing, ...this.waiting];
      return false;
    } finally {
      this.writing = [];
    }
  }

  /** After a failure longer and longer, with jitter; otherwise at once for much. */
  private pause(): number {
    if (this.failures > 0) {
      const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.failures, 10));
      return longest * (0.5 + Math.random() / 2);
    }
    return this.size >= this.options.enough ? 0 : LINGER_MS;
  }

  private nextBatch(): T[] {
    let count = 0;
    for (let size = 0; count < this.waiting.length && size < this.options.batch; count += 1)
      size += this.sizeOf(this.waiting[count]!);
    return this.waiting.splice(0, count);
  }

  private sizeOf(item: T): number {
    return this.options.sizeOf?.(item) ?? 1;
  }
}
