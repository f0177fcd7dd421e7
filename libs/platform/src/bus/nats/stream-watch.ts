import { jetstreamManager } from '@nats-io/jetstream';
import { BackgroundLoop } from '../../background-loop/index.js';
import type { NatsLink } from './nats-link.js';
import type { NatsMetrics } from './nats-metrics.js';
import { durableOf, STREAM } from './subjects.js';

const EVERY_MS = 5_000;

/** Looks now and then how much of each type waits in the stream. */
export class StreamWatch {
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly link: NatsLink,
    private readonly types: readonly string[],
    private readonly metrics: NatsMetrics,
  ) {
    // Who is told of a lost connection is told elsewhere.
    this.loop = new BackgroundLoop({ round: () => this.look(), failed: () => undefined, pause: EVERY_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<number> {
    const connection = this.link.up;
    if (!connection) return EVERY_MS;
    const manager = await jetstreamManager(connection, { checkAPI: false });
    for (const type of this.types) {
      if (this.loop.stopping) break;
      const { num_pending, num_ack_pending } = await manager.consumers.info(STREAM, durableOf(type));
      this.metrics.observe(type, { waiting: num_pending, held: num_ack_pending });
    }
    return EVERY_MS;
  }
}
