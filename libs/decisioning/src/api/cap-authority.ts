import { Injectable, Logger } from '@nestjs/common';
import { Clock, type Transaction } from '@repartee/platform';
import { CapStore, type CapRequest } from '../persistence/index.js';

/** Requests taken to the database at once. */
const BATCH = 500;
/** What a request is refused by when the database does not answer. */
export const CAPS_UNAVAILABLE = 'unavailable';

interface Waiting {
  request: CapRequest;
  answer: (refused: string | null) => void;
}

/** Asks the counters of hard caps: whoever asks while another question is on its way shares the next one. */
@Injectable()
export class CapAuthority {
  private readonly logger = new Logger(CapAuthority.name);
  private waiting: Waiting[] = [];
  private underWay = false;

  constructor(
    private readonly store: CapStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes what is asked; durable when it answers.
   * @param tx takes it in this transaction, and only if it commits
   * @returns for each request the cap that refused it, or null. When the database does not answer, all are refused
   */
  reserve(requests: readonly CapRequest[], tx?: Transaction): Promise<(string | null)[]> {
    if (tx) return this.store.reserve(requests, this.clock.now(), tx);
    const answers = requests.map(
      (request) => new Promise<string | null>((answer) => this.waiting.push({ request, answer })),
    );
    if (!this.underWay) void this.work();
    return Promise.all(answers);
  }

  private async work(): Promise<void> {
    this.underWay = true;
    for (let batch = this.next(); batch.length > 0; batch = this.next()) {
      const answers = await this.ask(batch.map(({ request }) => request));
      batch.forEach(({ answer }, index) => answer(answers[index] ?? null));
    }
    this.underWay = false;
  }

  private next(): Waiting[] {
    return this.waiting.splice(0, BATCH);
  }

  private async ask(requests: readonly CapRequest[]): Promise<(string | null)[]> {
    try {
      return await this.store.reserve(requests, this.clock.now());
    } catch (error) {
      this.logger.warn(`caps do not answer: ${error instanceof Error ? error.message : 'unknown'}`);
      return requests.map(() => CAPS_UNAVAILABLE);
    }
  }
}
