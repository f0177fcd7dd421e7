import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Clock } from '@repartee/platform';
import { ERASED_RECEIPT, readReceipt, type Receipt } from '../domain/index.js';
import { ReceiptStore, type ReceiptRow, type StoredReceipt } from '../persistence/index.js';

/** How long a first receipt waits for company. With the write itself receipts are durable within 100 ms. */
const LINGER_MS = 25;
/**
 * Characters of receipts, of which 20 offers take some 1,000. A write takes all that waits, as a rule: the busier the
 * process, the longer a write takes, and the more it must take.
 */
const BATCH = 12_000_000;
/** With so many waiting, the next write does not wait for more. */
const ENOUGH = 500_000;
/** Kept while the database does not take them; beyond it decisions are refused. */
const CAPACITY = 24_000_000;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2000;
/** How long a shutdown waits for a database that does not answer. */
const SHUTDOWN_MS = 5000;
/** Receipts read at once. */
const PAGE = 500;
/** Another process's receipt may be on its way for that long. */
const SOON_MS = 120;

/** Writes receipts by group commit, off the way of the decision. */
@Injectable()
export class Receipts implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Receipts.name);
  private waiting: ReceiptRow[] = [];
  private writing: ReceiptRow[] = [];
  /** Characters in `waiting` and in `writing`. */
  private size = 0;
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<boolean> | undefined;
  private failures = 0;

  constructor(
    private readonly store: ReceiptStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): Promise<void> {
    return this.store.prepare(this.clock.now());
  }

  /** What decisions were made before the last ones are refused. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.drain();
  }

  /** And what requests under way have decided since. */
  async onApplicationShutdown(): Promise<void> {
    await this.drain();
    clearTimeout(this.timer);
    if (this.pending > 0) this.logger.error(`${this.pending} receipts could not be written`);
  }

  /** Receipts that are not durable yet. */
  get pending(): number {
    return this.waiting.length + this.writing.length;
  }

  /** Whether one more would be more than may be kept safely. */
  get full(): boolean {
    return this.size >= CAPACITY;
  }

  add(row: ReceiptRow): void {
    this.waiting.push(row);
    this.size += row.receipt.length;
    if (this.timer === undefined && this.underWay === undefined) this.schedule(LINGER_MS);
  }

  /** Writes a receipt at once. @returns whether it is durable */
  async writeNow(row: ReceiptRow): Promise<boolean> {
    try {
      return (await this.store.insert([row])).length === 0;
    } catch (error) {
      this.logger.warn(`no receipt: ${error instanceof Error ? error.message : 'the database failed'}`);
      return false;
    }
  }

  /** The receipt of a decision: from the table, or from those on their way there. */
  async find(decisionId: string): Promise<Receipt | 'erased' | null> {
    const found = await this.look(decisionId);
    if (found !== null) return read(found);
    await new Promise((resolve) => setTimeout(resolve, SOON_MS));
    const later = await this.look(decisionId);
    return later === null ? null : read(later);
  }

  /** All receipts of a span of time (milliseconds since the epoch), but those of people who were erased. */
  async *between(from: number, until: number): AsyncGenerator<Receipt> {
    let after: string | null = null;
    for (;;) {
      const page: StoredReceipt[] = await this.store.page(from, until, after, PAGE);
      for (const { receipt } of page) {
        const found = read(receipt);
        if (found !== 'erased') yield found;
      }
      after = page.at(-1)?.id ?? null;
      if (page.length < PAGE) return;
    }
  }

  /** Resolves when everything added so far is durable, or the database has not answered for 5 s. */
  async drain(): Promise<void> {
    const deadline = performance.now() + SHUTDOWN_MS;
    while (this.pending > 0 && performance.now() < deadline) {
      if (!(await this.flush())) await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS));
    }
  }

  private async look(decisionId: string): Promise<string | null> {
    const isIt = (row: ReceiptRow) => row.id === decisionId;
    const row = this.waiting.find(isIt) ?? this.writing.find(isIt);
    return row ? row.receipt : this.store.find(decisionId);
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
    try {
      const refused = await this.store.insert(this.writing);
      for (const { id } of refused)
        this.logger.error(`the receipt of decision ${id} was refused by the database`);
      this.failures = 0;
      this.size -= sizeOf(this.writing);
      return true;
    } catch (error) {
      this.failures += 1;
      if (this.failures === 1) {
        this.logger.warn(`receipts wait: ${error instanceof Error ? error.message : 'the database failed'}`);
      }
      this.waiting = [...this.writing, ...this.waiting];
      return false;
    } finally {
      this.writing = [];
    }
  }

  /** After a failure longer and longer, with jitter; otherwise at once for a full batch. */
  private pause(): number {
    if (this.failures > 0) {
      const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.failures, 10));
      return longest * (0.5 + Math.random() / 2);
    }
    return this.size >= ENOUGH ? 0 : LINGER_MS;
  }

  private nextBatch(): ReceiptRow[] {
    let count = 0;
    for (let size = 0; count < this.waiting.length && size < BATCH; count += 1)
      size += this.waiting[count]!.receipt.length;
    return this.waiting.splice(0, count);
  }
}

function sizeOf(rows: readonly ReceiptRow[]): number {
  return rows.reduce((size, { receipt }) => size + receipt.length, 0);
}

function read(receipt: string): Receipt | 'erased' {
  return receipt === ERASED_RECEIPT ? 'erased' : readReceipt(JSON.parse(receipt));
}
