import type { EventListener } from '@repartee/delivery';
import { BackgroundLoop } from '@repartee/platform';
import type { EventQueue } from './event-queue.js';
import type { TellConnector } from './tell-connector.js';

/** Events under way to one connector at a time, in one process. */
const AT_A_TIME = 5;
/** Milliseconds between looks for what became due, and after something went wrong. */
const IDLE = 500;
const FAILED = 2000;
/** Milliseconds beyond the time limit of a call in which its end is written down. */
const LEASE_MARGIN = 10_000;

export interface ListenerTools {
  queue: EventQueue;
  teller: TellConnector;
  failed: (error: unknown) => void;
}

/** What goes to one connector. Each has a lane of its own: one that hangs holds up no other, and no delivery. */
export class ListenerLane {
  private readonly loop: BackgroundLoop;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly listener: EventListener,
    private readonly tools: ListenerTools,
  ) {
    this.loop = new BackgroundLoop({ round: () => this.round(), failed: tools.failed, pause: FAILED });
  }

  start(): void {
    this.loop.start();
  }

  ring(): void {
    this.loop.ring();
  }

  /** Begins nothing more, and lets what is under way end. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.allSettled(this.underWay);
  }

  private async round(): Promise<number> {
    const room = AT_A_TIME - this.underWay.size;
    if (room <= 0) return IDLE;
    const { connector, timeLimit } = this.listener;
    const claimed = await this.tools.queue.claim(connector, room, timeLimit + LEASE_MARGIN);
    for (const one of claimed) {
      const run: Promise<void> = this.tools.teller
        .tell(this.listener, one)
        .catch(this.tools.failed)
        .finally(() => {
          this.underWay.delete(run);
          this.loop.ring();
        });
      this.underWay.add(run);
    }
    return claimed.length < room ? IDLE : 1;
  }
}
