import { Injectable, Logger } from '@nestjs/common';
import { Clock, GroupCommit, type Transaction, writeByHalves } from '@repartee/platform';
import { type CapQuestion, CapStore, ReceiptStore, Rosters } from '../persistence/index.js';

/** Decisions taken to the database at once. */
const BATCH = 500;
/** What a request is refused by when the database does not answer. */
export const CAPS_UNAVAILABLE = 'unavailable';

/** What became of a question. */
export interface CapAnswer {
  /** For each request the cap that refused it, or null. */
  refused: readonly (string | null)[];
  /** Whether everything was taken, and the receipt, where there is one, is durable. */
  settled: boolean;
}

interface Asking extends CapQuestion {
  refused: readonly (string | null)[] | undefined;
}

/** Asks the counters of hard caps: whoever asks while other questions are on their way shares the next one. */
@Injectable()
export class CapAuthority {
  private readonly logger = new Logger(CapAuthority.name);
  private readonly questions = new GroupCommit<Asking>({
    write: (askings) => this.askAll(askings),
    maxItems: BATCH,
    // Who asks for the same counters waits for the commit before in any case: together they are one commit, not two.
    concurrency: 1,
  });

  constructor(
    private readonly store: CapStore,
    private readonly receipts: ReceiptStore,
    private readonly rosters: Rosters,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes what is asked, and records the decision if it gets all of it; durable when it answers. When the database does
   * not answer, all is refused.
   * @param tx takes it in this transaction, and only if it commits
   */
  async ask(question: CapQuestion, tx?: Transaction): Promise<CapAnswer> {
    const asking: Asking = { refused: undefined, ...question };
    if (tx) await this.take([asking], tx);
    else await this.questions.add([asking]);
    const { refused } = asking;
    if (refused) return { refused, settled: refused.every((cap) => cap === null) };
    return { refused: question.requests.map(() => CAPS_UNAVAILABLE), settled: false };
  }

  /** One that the database refuses does not sink the others. */
  private async askAll(askings: readonly Asking[]): Promise<void> {
    try {
      const lost = await writeByHalves(askings, (some) => this.take(some));
      if (lost.length > 0) this.logger.warn(`${lost.length} decisions under caps cannot be recorded`);
    } catch (error) {
      this.logger.warn(`caps do not answer: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  private async take(askings: readonly Asking[], tx?: Transaction): Promise<void> {
    await this.rosters.save();
    await this.receipts.makeRoom(askings.flatMap(({ receipt }) => receipt ?? []));
    const answers = await this.store.ask(askings, this.clock.now(), tx);
    askings.forEach((asking, place) => (asking.refused = answers[place] ?? []));
  }
}
