import {
  createInbox,
  nanos,
  type Msg,
  type NatsConnection,
  type Subscription,
} from '@nats-io/transport-node';
import { within } from '../within.js';
import type { Delivered } from './arrival.js';
import { STREAM } from './subjects.js';

const EXPIRES_MS = 10_000;
/** How often the server says that it still knows of the pull. */
const HEARTBEAT_MS = 2_000;
/** When it does not, as after the server died that led the consumer, it is asked again. */
const FORGOTTEN_AFTER_MS = 2.5 * HEARTBEAT_MS;
/** After a refusal, as while the consumer has no leader. */
const REFUSED_PAUSE_MS = 250;
const DRAIN_WITHIN_MS = 1_000;
/** Nothing to deliver, and the pull expired: how a pull usually ends. */
const USUAL_ENDS = [404, 408];

interface Pull {
  reply: string;
  left: number;
  timer: NodeJS.Timeout;
}

/** Asks one durable consumer for as many messages as there is room for, one request at a time. */
export class Puller {
  private readonly inbox = createInbox();
  private readonly subscription: Subscription;
  private pull: Pull | undefined;
  private pausing: NodeJS.Timeout | undefined;
  private last = 0;
  private stopped = false;

  /** @param room how many messages to ask for now */
  constructor(
    private readonly connection: NatsConnection,
    private readonly durable: string,
    private readonly room: () => number,
    private readonly handOver: (delivered: Delivered) => void,
  ) {
    this.subscription = connection.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (!error) this.received(message);
      },
    });
  }

  /** Asks for more, if there is room and nothing asked for is still to come. A connection closed for good has nothing more. */
  refill(): void {
    if (this.pull || this.pausing || this.stopped || this.connection.isClosed()) return;
    const count = this.room();
    if (count <= 0) return;
    this.last += 1;
    const reply = `${this.inbox}.${this.last}`;
    const timer = setTimeout(() => this.restart(), FORGOTTEN_AFTER_MS);
    this.pull = { reply, left: count, timer };
    const request = JSON.stringify({
      batch: count,
      expires: nanos(EXPIRES_MS),
      idle_heartbeat: nanos(HEARTBEAT_MS),
    });
    this.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${this.durable}`, request, { reply });
  }

  /** Forgets what was asked for, as after a reconnect, and asks again. */
  restart(): void {
    this.over();
    this.refill();
  }

  /** Takes what is on its way, and no more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.over();
    clearTimeout(this.pausing);
    await within(DRAIN_WITHIN_MS, this.subscription.drain()).catch(() => undefined);
  }

  private received(message: Msg): void {
    this.pull?.timer.refresh();
    if (message.subject.startsWith(this.inbox)) return this.ended(message);
    if (this.pull) {
      this.pull.left -= 1;
      if (this.pull.left === 0) this.over();
    }
    const { subject, data, reply = '', headers } = message;
    this.handOver({ subject, data, reply, ...(headers && { headers }) });
    this.refill();
  }

  /** The server says that nothing more comes of a pull, and why. */
  private ended(status: Msg): void {
    // Word of an earlier pull, or a sign of life.
    if (status.subject !== this.pull?.reply || status.headers?.code === 100) return;
    this.over();
    if (USUAL_ENDS.includes(status.headers?.code ?? 0)) return this.refill();
    this.pausing = setTimeout(() => {
      this.pausing = undefined;
      this.refill();
    }, REFUSED_PAUSE_MS);
  }

  private over(): void {
    clearTimeout(this.pull?.timer);
    this.pull = undefined;
  }
}
