import type { BusSettings } from './bus-settings.js';
import type { ClaimedMessage } from './claimed-message.js';
import { nextMeanDuration, prefetchFor } from './prefetch.js';

/** Before a handler was ever timed, take it for a slow one. */
const UNKNOWN_DURATION_MS = 25;

/** The messages of one type that this process holds: some ready, some running. */
export class Lane {
  running = 0;
  /** Whether the last claim got all it asked for, so that more is likely waiting. */
  more = false;
  private ready: ClaimedMessage[] = [];
  private meanMs = UNKNOWN_DURATION_MS;

  constructor(
    readonly type: string,
    private readonly settings: Pick<BusSettings, 'concurrencyPerType' | 'batchSize'>,
  ) {}

  /** How many messages to claim now. None while half of what should be ready still is. */
  wanted(): number {
    const { concurrencyPerType, batchSize } = this.settings;
    const startable = concurrencyPerType - this.running;
    const prefetch = prefetchFor(this.meanMs, concurrencyPerType, batchSize);
    if (this.ready.length > prefetch / 2) return 0;
    return Math.max(0, Math.min(batchSize, startable + prefetch - this.ready.length));
  }

  add(messages: ClaimedMessage[], asked: number): void {
    this.ready.push(...messages);
    this.more = messages.length >= asked;
  }

  /** The next message, if one may start. */
  start(): ClaimedMessage | undefined {
    if (this.running >= this.settings.concurrencyPerType) return undefined;
    const message = this.ready.shift();
    if (message) this.running += 1;
    return message;
  }

  finish(durationMs: number): void {
    this.running -= 1;
    this.meanMs = nextMeanDuration(this.meanMs, durationMs);
  }

  /** Forgets a message that was not begun. */
  drop(message: ClaimedMessage): void {
    this.ready = this.ready.filter((other) => other !== message);
  }

  /** Takes out all that was not begun. */
  clear(): ClaimedMessage[] {
    return this.ready.splice(0);
  }
}
