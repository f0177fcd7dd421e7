import type { NatsConnection } from '@nats-io/transport-node';
import { BackgroundLoop } from '../../background-loop/index.js';
import type { Clock } from '../../clock/index.js';
import type { BusConnections } from '../bus-connections.js';
import type { BusSettings } from '../bus-settings.js';
import { buryIn, takeOutgoing, type OutgoingMessage } from '../outbox.js';
import type { WakeUp } from '../wake-up.js';
import type { NatsLink } from './nats-link.js';
import type { NatsMetrics } from './nats-metrics.js';
import { Publisher, type Publication } from './publisher.js';
import { CLOUD_EVENT_JSON, MESSAGE_HEADER, subjectOf } from './subjects.js';

export interface RelayParts {
  link: NatsLink;
  connections: BusConnections;
  wakeUp: WakeUp;
  clock: Clock;
  settings: Pick<BusSettings, 'poll'>;
  metrics: NatsMetrics;
  onError: (error: unknown) => void;
}

const MOST_PER_TYPE = 500;
const FAILED_PAUSE_MS = 500;
/** While one batch is on its way to the broker, the next one is taken. */
const AT_ONCE = 2;
/** What the headers may take of the size that the server allows. */
const HEADERS_BYTES = 512;

/**
 * Carries what is due from the outbox to JetStream. A batch is taken, published and acknowledged within one database
 * transaction: a relay that dies leaves everything where it was, and what was published already comes again under the
 * same message id. Any number of relays work side by side.
 */
export class Relay {
  private readonly loops: BackgroundLoop[];
  private publisher: Publisher | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(private readonly parts: RelayParts) {
    const { busyMs, idleMs } = parts.settings.poll;
    this.loops = Array.from({ length: AT_ONCE }, () => {
      let wait = busyMs;
      const round = async () => {
        const relayed = await this.round();
        wait = relayed > 0 ? busyMs : Math.min(wait * 2, idleMs);
        return relayed > 0 ? 0 : wait;
      };
      return new BackgroundLoop({ round, failed: parts.onError, pause: FAILED_PAUSE_MS });
    });
    parts.link.onUp((connection) => this.ready(connection));
  }

  start(): void {
    this.unsubscribe = this.parts.wakeUp.onRing(() => this.ring());
    for (const loop of this.loops) loop.start();
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    await Promise.all(this.loops.map((loop) => loop.stop()));
    this.publisher?.close();
  }

  private ring(): void {
    for (const loop of this.loops) loop.ring();
  }

  private async ready(connection: NatsConnection): Promise<void> {
    if (this.publisher?.connection !== connection) this.publisher = new Publisher(connection);
    this.ring();
  }

  /** @returns how many messages it carried */
  private async round(): Promise<number> {
    const { link, connections, metrics } = this.parts;
    const connection = link.up;
    const { publisher } = this;
    if (!connection || publisher?.connection !== connection) return 0;
    let relayed = 0;
    await connections.transaction(async (tx) => {
      const now = this.parts.clock.now();
      const taken = await takeOutgoing(tx, now, MOST_PER_TYPE);
      const most = (connection.info?.max_payload ?? Infinity) - HEADERS_BYTES;
      const fit = taken.filter(({ event }) => Buffer.byteLength(event) <= most);
      if (fit.length < taken.length) {
        const reason = `it is larger than the ${most} bytes that the NATS server takes`;
        const unfit = taken.filter((message) => !fit.includes(message));
        await buryIn(
          tx,
          unfit.map((message) => ({ ...message, cause: 'permanent', reason })),
          now,
        );
        for (const { type } of unfit) metrics.refused(type);
      }
      await publisher.publish(fit.map(publicationOf));
      relayed = taken.length;
    });
    metrics.relayed(relayed);
    return relayed;
  }
}

function publicationOf({ id, type, event, attempts, version }: OutgoingMessage): Publication {
  return {
    subject: subjectOf(type),
    payload: event,
    headers: {
      'Nats-Msg-Id': `${id}:${version}`,
      [MESSAGE_HEADER]: `${id} ${attempts}`,
      'Content-Type': CLOUD_EVENT_JSON,
    },
  };
}
