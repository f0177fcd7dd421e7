import { BackgroundLoop } from '@repartee/platform';
import type { Lane } from './lane.js';
import type { DueQueue } from './persistence/due-queue.js';

/** Milliseconds between looks. */
const EVERY = 200;
const FAILED = 1000;

/** Looks for what other processes planned and for what became due: once for all lanes, and rings those it is for. */
export class Lookout {
  private readonly loop: BackgroundLoop;
  private readonly queues: string[];

  constructor(
    private readonly lanes: readonly Lane[],
    private readonly queue: Pick<DueQueue, 'waiting'>,
    failed: (error: unknown) => void,
  ) {
    this.queues = [...new Set(lanes.flatMap((lane) => lane.queues))];
    this.loop = new BackgroundLoop({ round: () => this.round(), failed, pause: FAILED });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<number> {
    const waiting = new Set(await this.queue.waiting(this.queues));
    for (const lane of this.lanes) if (lane.queues.some((one) => waiting.has(one))) lane.ring();
    return EVERY;
  }
}
