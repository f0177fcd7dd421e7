import { Analytics } from '@segment/analytics-node';

export interface SenderSettings {
  url: string;
  /** Server key. */
  key: string;
}

/** Events a request. With some 450 bytes an event it stays below the SDK's 480 KB. */
const BATCH = 500;
/** Requests under way. */
const REQUESTS = 6;
const WINDOW = BATCH * REQUESTS;
const FLUSH_MS = 100;
const REQUEST_TIMEOUT_MS = 60_000;
/** The SDK waits longer from try to try; ten come to several minutes. */
const RETRIES = 10;
const CLOSE_MS = 5_000;

/**
 * Segment's SDK for Node, unmodified, with what it leaves to its user: it takes in any number of events at once, so
 * the sender waits while too many are under way, and it reports a lost event only by an event of its own.
 */
export class Sender {
  private readonly analytics: Analytics;
  private underWay = 0;
  private waiting: (() => void)[] = [];
  /** Events that got their 200. */
  delivered = 0;
  lost = 0;
  /** Why the first event was lost. */
  firstLoss?: string;

  constructor({ url, key }: SenderSettings) {
    this.analytics = new Analytics({
      host: url,
      writeKey: key,
      flushAt: BATCH,
      flushInterval: FLUSH_MS,
      httpRequestTimeout: REQUEST_TIMEOUT_MS,
      maxRetries: RETRIES,
    });
    // An event's own callback would come 300 ms late; the emitter speaks at once.
    this.analytics.on('identify', () => this.settle(true));
    this.analytics.on('track', () => this.settle(true));
    this.analytics.on('error', ({ reason }) => {
      this.firstLoss ??= reason instanceof Error ? reason.message : String(reason);
      this.settle(false);
    });
  }

  async identify(message: Parameters<Analytics['identify']>[0]): Promise<void> {
    await this.place();
    this.analytics.identify(message);
  }

  async track(message: Parameters<Analytics['track']>[0]): Promise<void> {
    await this.place();
    this.analytics.track(message);
  }

  /** Resolves when everything handed over is delivered or lost. */
  async drained(): Promise<void> {
    while (this.underWay > 0) await this.change();
  }

  /** Gives up what is still under way after a few seconds. */
  async close(): Promise<void> {
    await this.analytics.closeAndFlush({ timeout: CLOSE_MS });
  }

  private async place(): Promise<void> {
    while (this.underWay >= WINDOW) await this.change();
    this.underWay += 1;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private settle(delivered: boolean): void {
    this.underWay -= 1;
    if (delivered) this.delivered += 1;
    else this.lost += 1;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
