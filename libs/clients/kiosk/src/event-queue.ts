import type { Hub } from './hub.js';
import type { HubClock } from './hub-clock.js';
import { KioskError } from './kiosk-error.js';
import type { SealedStore } from './sealed-store.js';

/** An event as the hub takes it. */
export interface KioskEvent {
  type: 'track' | 'identify';
  messageId: string;
  anonymousId: string;
  timestamp: string;
  event?: string;
  userId?: string;
  properties?: Record<string, unknown>;
  context: Record<string, unknown>;
}

/** Events in one request, and in all: an hour of a busy kiosk is some hundreds. */
const BATCH = 100;
const MOST = 5_000;

/** Events that the hub has not confirmed, sealed, sent in their order. One that is sent twice counts once. */
export class EventQueue {
  private sending: Promise<void> | undefined;

  constructor(
    private readonly store: SealedStore,
    private readonly hub: Hub,
    private readonly clock: HubClock,
  ) {}

  async add(event: KioskEvent): Promise<void> {
    if ((await this.store.waiting()) >= MOST) return;
    await this.store.add(event);
  }

  waiting(): Promise<number> {
    return this.store.waiting();
  }

  /** When the oldest event happened that waits; null when none does. */
  async oldestAt(): Promise<string | null> {
    const [oldest] = await this.store.oldest<KioskEvent>(1);
    return oldest?.value.timestamp ?? null;
  }

  /** Sends what waits. Rejects when the hub cannot be reached or refuses the device; what waits goes on waiting. */
  flush(credential: string): Promise<void> {
    this.sending ??= this.sendAll(credential).finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async sendAll(bearer: string): Promise<void> {
    for (let size = BATCH; ;) {
      const batch = await this.store.oldest<KioskEvent>(size);
      const [first] = batch;
      const last = batch.at(-1);
      if (!first || !last) return;
      const sentAt = new Date(this.clock.now()).toISOString();
      try {
        const body = { batch: batch.map(({ value }) => value), sentAt };
        await this.hub.call({ path: '/v1/devices/me/events', body, bearer });
      } catch (error) {
        if (!(error instanceof KioskError) || error.passing || error.status === 401) throw error;
        // Something in it is refused for good: find out what, and let the others go.
        if (batch.length > 1) {
          size = Math.ceil(batch.length / 2);
          continue;
        }
      }
      await this.store.drop(first.place, last.place);
      size = BATCH;
    }
  }
}
