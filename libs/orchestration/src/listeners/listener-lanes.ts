import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EventListeners } from '@repartee/delivery';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventQueue } from './event-queue.js';
import { ListenerLane } from './listener-lane.js';
import { TellConnector } from './tell-connector.js';

/** Milliseconds that calls under way may take at a shutdown; what is not over by then is told again by another process. */
const PATIENCE = 5000;

/** Keeps a lane for each connector that hears. */
@Injectable()
export class ListenerLanes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ListenerLanes.name);
  private lanes: readonly ListenerLane[] = [];

  constructor(
    @Inject(EventListeners) private readonly listeners: EventListeners,
    @Inject(EventQueue) private readonly queue: EventQueue,
    @Inject(TellConnector) private readonly teller: TellConnector,
  ) {}

  onApplicationBootstrap(): void {
    const { queue, teller } = this;
    this.lanes = this.listeners.list().map((listener) => {
      const failed = (error: unknown) =>
        this.logger.warn(`events for ${listener.connector}: ${String(error)}`);
      return new ListenerLane(listener, { queue, teller, failed });
    });
    for (const lane of this.lanes) lane.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const over = new AbortController();
    const stopped = Promise.all(this.lanes.map((lane) => lane.stop())).finally(() => over.abort());
    await Promise.race([stopped, sleep(PATIENCE, undefined, { signal: over.signal }).catch(() => undefined)]);
  }

  /** There may be something to tell. */
  ring(): void {
    for (const lane of this.lanes) lane.ring();
  }
}
