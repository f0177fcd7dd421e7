import type { EventQueue, QueuedEvent } from './event-queue.js';
import { sizeOf } from './event-queue.js';
import { basic } from './hub-client.js';
import type { HubClient } from './hub-client.js';
import { ReparteeError } from './repartee-error.js';
import { retryDelay } from './retry-delay.js';
import type { Surroundings } from './surroundings.js';

/** Limits of the event API are 32 KB an event and 500 KB a batch; beacons take 64 KB. */
const EVENT_BYTES = 32 * 1024;
const BATCH_BYTES = 400 * 1024;
const BATCH_EVENTS = 100;
const BEACON_BYTES = 60 * 1024;
const GATHER_MS = 1000;
const GATHER_EVENTS = 20;

/** Sends queued events in batches, in order, and again after failures. */
export class EventSender {
  private sending: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private waitVisible = 0;
  private stopped = false;

  constructor(
    private readonly writeKey: string,
    private readonly queue: EventQueue,
    private readonly hub: HubClient,
    private readonly surroundings: Surroundings,
    private readonly onError: (error: Error) => void,
    private readonly maySend: () => boolean,
  ) {
    this.resume();
  }

  /** Sends what waits, as there may be something. */
  resume(): void {
    if (this.queue.size > 0) this.schedule(0);
  }

  add(event: QueuedEvent): void {
    if (sizeOf(event) > EVENT_BYTES) {
      this.onError(new ReparteeError(`An event is larger than ${EVENT_BYTES} bytes and was not sent`, 413));
      return;
    }
    this.queue.add(event);
    if (this.failures > 0) return;
    this.schedule(this.queue.size >= GATHER_EVENTS ? 0 : GATHER_MS);
  }

  /** Resolves when nothing waits any more, or a try failed. */
  flush(): Promise<void> {
    if (!this.maySend()) return Promise.resolve();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
      if (this.queue.size > 0 && !this.timer) this.schedule(GATHER_MS);
    });
    return this.sending;
  }

  /** As {@link flush}, and waits until the hub has taken the events in, at most so many seconds. */
  async flushVisible(seconds: number): Promise<void> {
    // From now on every batch asks for it: one under way when the next decision comes is then confirmed as well.
    this.waitVisible = seconds;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, seconds * 1000 + 500);
    });
    const sent = (async () => {
      await this.sending;
      if (this.queue.size > 0) await this.flush();
    })();
    await Promise.race([sent, patience]);
    clearTimeout(timer);
  }

  /** For the moment a page goes: hands over what waits, and keeps it stored, as a beacon gives no answer. */
  leave(): void {
    if (!this.maySend()) return;
    let batch: QueuedEvent[] = [];
    let bytes = 0;
    for (const event of this.queue.all()) {
      const size = sizeOf(event);
      if (bytes + size > BEACON_BYTES) {
        if (!this.beacon(batch)) return;
        batch = [];
        bytes = 0;
      }
      batch.push(event);
      bytes += size;
    }
    this.beacon(batch);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private beacon(batch: QueuedEvent[]): boolean {
    if (batch.length === 0) return true;
    const body = JSON.stringify({ batch, sentAt: this.sentAt(), writeKey: this.writeKey });
    return this.surroundings.beacon(this.hub.address('/v1/batch'), body);
  }

  private schedule(delay: number): void {
    if (this.stopped || !this.maySend() || (this.timer && delay > 0)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  private async sendAll(): Promise<void> {
    while (this.queue.size > 0) {
      const batch = this.queue.peek(BATCH_EVENTS, BATCH_BYTES);
      try {
        await this.send(batch);
        this.failures = 0;
        this.queue.remove(batch);
      } catch (error) {
        const failure = error instanceof ReparteeError ? error : new ReparteeError(String(error), 0);
        this.onError(failure);
        if (failure.retryable) return this.waitAfter(failure);
        this.queue.remove(batch);
      }
    }
  }

  private send(batch: QueuedEvent[]): Promise<unknown> {
    return this.hub.post({
      path: '/v1/batch',
      body: { batch, sentAt: this.sentAt() },
      authorization: basic(this.writeKey),
      ...(this.waitVisible ? { prefer: `visible, wait=${Math.ceil(this.waitVisible)}` } : {}),
    });
  }

  private waitAfter(failure: ReparteeError): void {
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.schedule(retryDelay(this.failures, this.surroundings.random(), failure.retryAfter));
  }

  private sentAt(): string {
    return new Date(this.surroundings.now()).toISOString();
  }
}
