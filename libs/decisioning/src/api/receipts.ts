import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Arena, Clock, WriteBehind } from '@repartee/platform';
import {
  type CatalogueSnapshot,
  ERASED_RECEIPT,
  type Receipt,
  type StoredFirstPlaces,
  withFirstPlaces,
} from '../domain/index.js';
import {
  lineOf,
  type ReceiptDraw,
  type ReceiptLine,
  type ReceiptRow,
  ReceiptStore,
  Rosters,
  rowOf,
  type StoredReceipt,
} from '../persistence/index.js';

/**
 * Bytes of receipts that one write takes at most; 20 offers take some 1,000. The busier the process, the longer a write
 * takes, and the more it must take.
 */
const BATCH = 5_000_000;
/** With so many waiting, the next write does not wait for more. */
const ENOUGH = 500_000;
/** Kept while the database does not take them; beyond it decisions are refused. */
const CAPACITY = 24_000_000;
/** Receipts read at once. */
const PAGE = 500;
/** Another process's receipt may be on its way for that long. */
const SOON_MS = 120;

/** Writes receipts many at a time, off the way of the decision. Where room is taken the receipt goes with it instead. */
@Injectable()
export class Receipts implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Receipts.name);
  private readonly arena = new Arena();
  private readonly behind: WriteBehind<ReceiptLine>;

  constructor(
    private readonly store: ReceiptStore,
    private readonly rosters: Rosters,
    private readonly clock: Clock,
  ) {
    this.behind = new WriteBehind({
      what: 'receipts',
      write: (lines) => this.write(lines),
      nameOf: ({ id }) => `the receipt of decision ${id}`,
      sizeOf: ({ line }) => line.length,
      batch: BATCH,
      enough: ENOUGH,
      capacity: CAPACITY,
      logger: this.logger,
    });
  }

  onModuleInit(): Promise<void> {
    return this.store.prepare(this.clock.now());
  }

  /** What decisions were made before the last ones are refused. */
  beforeApplicationShutdown(): Promise<void> {
    return this.drain();
  }

  /** And what requests under way have decided since. */
  onApplicationShutdown(): Promise<void> {
    return this.behind.close();
  }

  /** Receipts that are not durable yet. */
  get pending(): number {
    return this.behind.pending;
  }

  /** Whether one more would be more than may be kept safely. */
  get full(): boolean {
    return this.behind.full;
  }

  /** Whether so many wait that a mailing should hold back. */
  get crowded(): boolean {
    return this.behind.crowded;
  }

  /** What receipts of decisions by this catalogue call the roster of its offers. */
  rosterNameOf(snapshot: CatalogueSnapshot): string {
    return this.rosters.nameOf(snapshot);
  }

  add(row: ReceiptRow): void {
    this.behind.add(this.lineFor(row));
  }

  /** The receipt of a decision: from the table, or from those on their way there. */
  async find(decisionId: string): Promise<Receipt | 'erased' | null> {
    const found = await this.look(decisionId);
    if (found !== null) return this.read(found);
    await new Promise((resolve) => setTimeout(resolve, SOON_MS));
    const later = await this.look(decisionId);
    return later === null ? null : this.read(later);
  }

  /** Keeps the chances of first places in a receipt. One that is still on its way, or has them, stays as it is. */
  async keepFirstPlaces(decisionId: string, places: StoredFirstPlaces): Promise<void> {
    const held = await this.store.find(decisionId);
    if (held === null || held === ERASED_RECEIPT || held.includes(',"q":[')) return;
    await this.store.replace(decisionId, held, withFirstPlaces(held, places));
  }

  /** All receipts of a span of time (milliseconds since the epoch), but those of people who were erased. */
  async *between(from: number, until: number): AsyncGenerator<Receipt> {
    let after: string | null = null;
    for (;;) {
      const page: StoredReceipt[] = await this.store.page(from, until, after, PAGE);
      for (const { receipt } of page) {
        const found = await this.read(receipt);
        if (found !== 'erased') yield found;
      }
      after = page.at(-1)?.id ?? null;
      if (page.length < PAGE) return;
    }
  }

  /** Ids of receipts drawn at random, in the order of time, and how many there are to draw from. */
  draw(wanted: ReceiptDraw): Promise<{ ids: string[]; population: number }> {
    return this.store.draw(wanted);
  }

  /** Receipts by their ids, in the order of time. */
  async many(ids: readonly string[]): Promise<(Receipt | 'erased')[]> {
    const found: (Receipt | 'erased')[] = [];
    for (const { receipt } of await this.store.many(ids)) found.push(await this.read(receipt));
    return found;
  }

  /** Resolves when everything added so far is durable, or the database has not answered for 5 s. */
  drain(): Promise<void> {
    return this.behind.drain();
  }

  /** @returns those that the database refuses */
  private async write(lines: readonly ReceiptLine[]): Promise<ReceiptLine[]> {
    await this.rosters.save();
    const refused = await this.store.copy(lines);
    for (const { line } of lines) this.arena.release(line);
    return refused;
  }

  private lineFor(row: ReceiptRow): ReceiptLine {
    const { id, at } = row;
    return { id, at, line: this.arena.keep(...lineOf(row)) };
  }

  private async look(decisionId: string): Promise<string | null> {
    const held = this.behind.find(({ id }) => id === decisionId);
    return held ? rowOf(held).receipt : this.store.find(decisionId);
  }

  private async read(receipt: string): Promise<Receipt | 'erased'> {
    return receipt === ERASED_RECEIPT ? 'erased' : this.rosters.read(JSON.parse(receipt));
  }
}
