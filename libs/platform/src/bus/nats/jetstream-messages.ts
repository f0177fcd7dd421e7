import type { Clock } from '../../clock/index.js';
import type { Burial, ClaimedMessage, Retry } from '../claimed-message.js';
import { leaseName, type HeldMessages } from '../held-messages.js';
import type { Inbox } from '../inbox.js';
import type { Outbox } from '../outbox.js';
import { PARKED_SLOT, slotAt } from '../slots.js';
import type { NatsLink } from './nats-link.js';

const ACK = Buffer.from('+ACK');
const IN_PROGRESS = Buffer.from('+WPI');

/**
 * Messages delivered by JetStream. What becomes of them is written to the database first and acknowledged then: an
 * acknowledgement that is lost brings the message again, and the inbox knows it. What is to be tried again goes back
 * through the outbox, so that it waits in business time and takes none of the places that the server gives out.
 */
export class JetStreamMessages implements HeldMessages {
  private readonly ids = new Set<string>();

  constructor(
    private readonly link: Pick<NatsLink, 'send'>,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @returns false for a message that is in hand already: it will be settled as that one */
  take({ id }: ClaimedMessage): boolean {
    return !this.ids.has(id) && Boolean(this.ids.add(id));
  }

  async complete(messages: ClaimedMessage[]): Promise<void> {
    await this.inbox.record(
      messages.map(({ id }) => id),
      this.clock.now(),
    );
    this.acknowledge(messages);
  }

  async release(messages: ClaimedMessage[]): Promise<void> {
    const now = this.clock.now();
    const back = messages.map(({ attempt, ...message }) => ({ ...message, attempts: attempt - 1 }));
    await this.outbox.put(back.map((message) => ({ ...message, slot: slotAt(now), availableAt: now })));
    this.acknowledge(messages);
  }

  /** The server does not say which of them went to another worker meanwhile. */
  async extend(messages: ClaimedMessage[]): Promise<Set<string>> {
    for (const { lease } of messages) this.link.send(lease, IN_PROGRESS);
    return new Set(messages.map(leaseName));
  }

  async retry(retries: Retry<ClaimedMessage>[]): Promise<void> {
    await this.outbox.put(
      retries.map(({ key: { attempt, ...message }, availableAt }) => ({
        ...message,
        attempts: attempt,
        slot: PARKED_SLOT,
        availableAt,
      })),
    );
    this.acknowledge(retries.map(({ key }) => key));
  }

  async bury(burials: Burial<ClaimedMessage>[], now: number): Promise<void> {
    await this.outbox.bury(burials, now);
    this.acknowledge(burials.map(({ key }) => key));
  }

  private acknowledge(messages: ClaimedMessage[]): void {
    for (const { id, lease } of messages) {
      this.ids.delete(id);
      this.link.send(lease, ACK);
    }
  }
}
