import type { ClaimedMessage, LeaseKey } from './claimed-message.js';
import { leaseName, type HeldMessages } from './held-messages.js';

/** Thrice in the time of a lease, so that one lost beat does no harm. */
const BEATS_PER_LEASE = 3;

interface Held {
  message: ClaimedMessage;
  abort: AbortController | undefined;
}

/** Knows what this worker holds, extends the leases while handlers run, and notices those that were lost. */
export class LeaseKeeper {
  private readonly held = new Map<string, Held>();
  private timer: NodeJS.Timeout | undefined;
  private beating = false;

  constructor(
    private readonly source: HeldMessages,
    private readonly visibilityMs: number,
    private readonly onLost: (message: ClaimedMessage) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.beat(), this.visibilityMs / BEATS_PER_LEASE);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  hold(messages: ClaimedMessage[]): void {
    for (const message of messages) this.held.set(leaseName(message), { message, abort: undefined });
  }

  forget(keys: LeaseKey[]): void {
    for (const key of keys) this.held.delete(leaseName(key));
  }

  /** Aborted when the lease is lost or the process stops without waiting longer. Made only for those who ask. */
  signalOf(message: ClaimedMessage): AbortSignal {
    const held = this.held.get(leaseName(message));
    if (!held) return AbortSignal.abort();
    held.abort ??= new AbortController();
    return held.abort.signal;
  }

  abort(messages: ClaimedMessage[]): void {
    for (const message of messages) this.held.get(leaseName(message))?.abort?.abort();
  }

  private async beat(): Promise<void> {
    if (this.beating || this.held.size === 0) return;
    this.beating = true;
    const asked = [...this.held.values()];
    try {
      const kept = await this.source.extend(
        asked.map((held) => held.message),
        this.visibilityMs,
      );
      for (const { message, abort } of asked) {
        const name = leaseName(message);
        // What was settled meanwhile is gone from the table, and from here too.
        if (kept.has(name) || !this.held.delete(name)) continue;
        abort?.abort();
        this.onLost(message);
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.beating = false;
    }
  }
}
