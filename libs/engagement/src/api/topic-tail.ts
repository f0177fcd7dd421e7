import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '@repartee/platform';
import { firstIdAt, RecentIds } from '../domain/index.js';

/** Something that happened, by the UUIDv7 under which it is stored. */
export interface TopicItem {
  id: string;
}

/** What a topic reads: the newest items that are stored from an id on, oldest first. */
export type ReadTopic<Item extends TopicItem> = (fromId: string) => Promise<readonly Item[]>;

/** Milliseconds for which a row may be under way to its commit, and still be shown. */
export const OVERLAP = 5_000;
const PAUSE_AFTER_FAILURE = 1_000;

/**
 * Follows one topic for all readers of this process: looks at the newest stretch of what is stored again and again, and
 * hands on what is new. While nobody reads, it does nothing at all.
 */
export class TopicTail<Item extends TopicItem> {
  private readonly logger = new Logger(TopicTail.name);
  private readonly readers = new Set<(items: readonly Item[]) => void>();
  private recent = new RecentIds();
  private loop: BackgroundLoop | undefined;

  /** @param every milliseconds between two looks */
  constructor(
    private readonly read: ReadTopic<Item>,
    private readonly every: number,
  ) {}

  /** From now on the reader hears of everything new. Returns how to stop. */
  follow(reader: (items: readonly Item[]) => void): () => void {
    this.readers.add(reader);
    if (!this.loop) this.begin();
    return () => {
      this.readers.delete(reader);
      if (this.readers.size > 0) return;
      void this.loop?.stop();
      this.loop = undefined;
    };
  }

  /** Something was just written here: looks at once. */
  ring(): void {
    this.loop?.ring();
  }

  private begin(): void {
    const from = firstIdAt(Date.now());
    const recent = new RecentIds();
    this.recent = recent;
    this.loop = new BackgroundLoop({
      round: () => this.round(from, recent),
      failed: (error) => this.logger.warn(`a topic cannot be read: ${String(error)}`),
      pause: PAUSE_AFTER_FAILURE,
    });
    this.loop.start();
  }

  private async round(from: string, recent: RecentIds): Promise<number> {
    const stretch = firstIdAt(Date.now() - OVERLAP);
    const oldest = stretch > from ? stretch : from;
    const items = recent.unseen(await this.read(oldest), oldest);
    if (items.length > 0 && recent === this.recent) for (const reader of this.readers) reader(items);
    return this.every;
  }
}
