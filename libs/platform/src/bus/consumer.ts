import { Bell } from '../bell/index.js';
import { newId } from '../ids/index.js';
import type { MessageStore, Wanted } from './message-store.js';
import { Runner, type Handle, type RunnerParts } from './runner.js';

export interface ConsumerParts extends Omit<RunnerParts, 'held'> {
  store: MessageStore;
}

const CLAIM_FAILED_WAIT_MS = 200;

/** Claims messages of the types it has handlers for from PostgreSQL, and runs these. */
export class Consumer {
  private readonly bell = new Bell();
  private readonly runner: Runner;
  private loop: Promise<void> | undefined;
  private stopping = false;

  constructor(
    types: readonly string[],
    handle: Handle,
    private readonly parts: ConsumerParts,
  ) {
    this.runner = new Runner(types, handle, { ...parts, held: parts.store }, (lane) => {
      if (lane.more && lane.wanted() > 0) this.bell.ring();
    });
  }

  start(): void {
    if (this.runner.lanes.length === 0) return;
    this.runner.start();
    this.loop = this.claimLoop();
  }

  /** Something may be there to claim. */
  wake(): void {
    this.bell.ring();
  }

  /** Claims no more, then as {@link Runner.stop}. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.loop;
    await this.runner.stop();
  }

  private async claimLoop(): Promise<void> {
    const { busyMs, idleMs } = this.parts.settings.poll;
    let wait = busyMs;
    while (!this.stopping) {
      const wanted = this.wanted();
      const claimed = wanted.length === 0 ? 0 : await this.claim(wanted);
      if (this.runner.lanes.some((lane) => lane.more && lane.wanted() > 0)) continue;
      wait = claimed > 0 ? busyMs : Math.min(wait * 2, idleMs);
      if (await this.bell.wait(wait)) wait = busyMs;
    }
  }

  private wanted(): Wanted[] {
    return this.runner.lanes
      .map((lane) => ({ type: lane.type, count: lane.wanted() }))
      .filter(({ count }) => count > 0);
  }

  private async claim(wanted: Wanted[]): Promise<number> {
    const { store, settings, clock, onError } = this.parts;
    const { runner } = this;
    try {
      const claimed = await store.claim(wanted, newId(), settings.visibilityMs, clock.now());
      runner.hold(claimed);
      for (const { type, count } of wanted) {
        const lane = runner.lanes.find((one) => one.type === type);
        const messages = claimed.filter((message) => message.type === type);
        if (lane) runner.add(lane, messages, count);
      }
      runner.startWhatMay();
      return claimed.length;
    } catch (error) {
      onError(error);
      for (const lane of runner.lanes) lane.more = false;
      await new Promise((resolve) => setTimeout(resolve, CLAIM_FAILED_WAIT_MS));
      return 0;
    }
  }
}
