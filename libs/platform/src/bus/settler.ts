import type { Burial, ClaimedMessage, Retry } from './claimed-message.js';
import type { HeldMessages } from './held-messages.js';
import type { Verdict } from './verdict.js';

const RETRY_AFTER_MS = 200;

interface Batch {
  complete: ClaimedMessage[];
  retry: Retry<ClaimedMessage>[];
  bury: Burial<ClaimedMessage>[];
}

/** Writes down what became of messages, in batches: while one is written the next one gathers. */
export class Settler {
  private batch: Batch = { complete: [], retry: [], bury: [] };
  private working: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly held: HeldMessages,
    private readonly now: () => number,
    private readonly onSettled: (messages: ClaimedMessage[]) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  complete(message: ClaimedMessage): void {
    this.batch.complete.push(message);
    this.working ??= this.work();
  }

  fail(key: ClaimedMessage, verdict: Verdict): void {
    if ('retryAt' in verdict) this.batch.retry.push({ key, availableAt: verdict.retryAt });
    else this.batch.bury.push({ key, ...verdict });
    this.working ??= this.work();
  }

  /** Resolves when nothing is left to write. */
  async drained(): Promise<void> {
    await this.working;
  }

  /** Gives up what the database does not take now: those messages come back when their leases lapse. */
  stop(): void {
    this.stopped = true;
  }

  private async work(): Promise<void> {
    // What finishes in the same turn of the event loop travels together.
    await new Promise((resolve) => setImmediate(resolve));
    while (sizeOf(this.batch) > 0) {
      const batch = this.batch;
      this.batch = { complete: [], retry: [], bury: [] };
      try {
        await this.write(batch);
      } catch (error) {
        this.onError(error);
        if (this.stopped) break;
        this.putBack(batch);
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      }
    }
    this.working = undefined;
  }

  private async write(batch: Batch): Promise<void> {
    if (batch.complete.length > 0) {
      await this.held.complete(batch.complete);
      this.onSettled(batch.complete.splice(0));
    }
    if (batch.retry.length > 0) {
      await this.held.retry(batch.retry);
      this.onSettled(batch.retry.splice(0).map((retry) => retry.key));
    }
    if (batch.bury.length > 0) {
      await this.held.bury(batch.bury, this.now());
      this.onSettled(batch.bury.splice(0).map((burial) => burial.key));
    }
  }

  private putBack(batch: Batch): void {
    this.batch.complete.unshift(...batch.complete);
    this.batch.retry.unshift(...batch.retry);
    this.batch.bury.unshift(...batch.bury);
  }
}

function sizeOf(batch: Batch): number {
  return batch.complete.length + batch.retry.length + batch.bury.length;
}
