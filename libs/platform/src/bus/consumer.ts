import type { Clock } from '../clock/index.js';
import { newId } from '../ids/index.js';
import { Bell } from '../bell/index.js';
import type { BusMetrics } from './bus-metrics.js';
import type { BusSettings } from './bus-settings.js';
import type { ClaimedMessage } from './claimed-message.js';
import { Lane } from './lane.js';
import { LeaseKeeper } from './lease-keeper.js';
import type { MessageStore, Wanted } from './message-store.js';
import { Settler } from './settler.js';
import { verdictOf, type Verdict } from './verdict.js';

/** Handles one message; what it throws decides what becomes of it. */
export type Handle = (message: ClaimedMessage, signal: () => AbortSignal) => Promise<void>;

export interface ConsumerParts {
  store: MessageStore;
  clock: Clock;
  settings: BusSettings;
  metrics: BusMetrics;
  onFailure: (message: ClaimedMessage, verdict: Verdict, error: unknown) => void;
  onError: (error: unknown) => void;
}

const CLAIM_FAILED_WAIT_MS = 200;

/** Claims messages of the types it has handlers for, and runs these, bounded and fair. */
export class Consumer {
  private readonly bell = new Bell();
  private readonly keeper: LeaseKeeper;
  private readonly settler: Settler;
  private readonly runs = new Map<ClaimedMessage, Promise<void>>();
  private lanes: Lane[];
  private loop: Promise<void> | undefined;
  private stopping = false;

  constructor(
    types: string[],
    private readonly handle: Handle,
    private readonly parts: ConsumerParts,
  ) {
    const { store, clock, settings, onError } = parts;
    this.lanes = types.map((type) => new Lane(type, settings));
    this.keeper = new LeaseKeeper(store, settings.visibilityMs, (message) => this.lost(message), onError);
    this.settler = new Settler(
      store,
      () => clock.now(),
      (keys) => this.keeper.forget(keys),
      onError,
    );
  }

  start(): void {
    if (this.lanes.length === 0) return;
    this.keeper.start();
    this.loop = this.claimLoop();
  }

  /** Something may be there to claim. */
  wake(): void {
    this.bell.ring();
  }

  /** Claims no more, gives back what was not begun, waits for what was, and after `drainMs` gives that back too. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.loop;
    const { store, settings, clock, onError } = this.parts;
    const unbegun = this.lanes.flatMap((lane) => lane.clear());
    if (unbegun.length > 0) await store.release(unbegun).catch(onError);
    this.keeper.forget(unbegun);
    await within(settings.drainMs, Promise.allSettled(this.runs.values()));
    const unfinished = [...this.runs.keys()];
    this.runs.clear();
    this.keeper.abort(unfinished);
    for (const message of unfinished) this.settler.fail(message, { retryAt: clock.now() });
    this.settler.stop();
    await within(settings.drainMs, this.settler.drained());
    this.keeper.stop();
  }

  private async claimLoop(): Promise<void> {
    const { busyMs, idleMs } = this.parts.settings.poll;
    let wait = busyMs;
    while (!this.stopping) {
      const wanted = this.wanted();
      const claimed = wanted.length === 0 ? 0 : await this.claim(wanted);
      if (this.lanes.some((lane) => lane.more && lane.wanted() > 0)) continue;
      wait = claimed > 0 ? busyMs : Math.min(wait * 2, idleMs);
      if (await this.bell.wait(wait)) wait = busyMs;
    }
  }

  private wanted(): Wanted[] {
    return this.lanes
      .map((lane) => ({ type: lane.type, count: lane.wanted() }))
      .filter(({ count }) => count > 0);
  }

  private async claim(wanted: Wanted[]): Promise<number> {
    const { store, settings, clock, metrics, onError } = this.parts;
    try {
      const claimed = await store.claim(wanted, newId(), settings.visibilityMs, clock.now());
      this.keeper.hold(claimed);
      for (const { type, count } of wanted) {
        const messages = claimed.filter((message) => message.type === type);
        this.lanes.find((lane) => lane.type === type)?.add(messages, count);
        if (messages.length > 0) metrics.claimed(type, messages.length);
      }
      this.startWhatMay();
      return claimed.length;
    } catch (error) {
      onError(error);
      for (const lane of this.lanes) lane.more = false;
      await new Promise((resolve) => setTimeout(resolve, CLAIM_FAILED_WAIT_MS));
      return 0;
    }
  }

  /** One message of each lane in turn, as long as there is room. A lane where none runs always has room for one. */
  private startWhatMay(): void {
    for (let started = true; started && !this.stopping;) {
      started = false;
      for (const lane of this.lanes) {
        if (lane.running > 0 && this.runs.size >= this.parts.settings.concurrency) continue;
        const message = lane.start();
        if (!message) continue;
        this.runs.set(message, this.run(lane, message));
        started = true;
      }
    }
    // The lane that was served first stands last next time.
    this.lanes = [...this.lanes.slice(1), ...this.lanes.slice(0, 1)];
  }

  private async run(lane: Lane, message: ClaimedMessage): Promise<void> {
    const started = performance.now();
    // What runs must be counted as running before it can end.
    await Promise.resolve();
    try {
      await this.handle(message, () => this.keeper.signalOf(message));
      this.finish(lane, message, started, () => this.settler.complete(message));
    } catch (error) {
      this.finish(lane, message, started, () => this.failed(message, error));
    }
  }

  private finish(lane: Lane, message: ClaimedMessage, started: number, settle: () => void): void {
    // Given back already when the process could wait no longer.
    if (this.runs.delete(message)) settle();
    lane.finish(performance.now() - started);
    this.startWhatMay();
    if (lane.more && lane.wanted() > 0) this.bell.ring();
  }

  private failed(message: ClaimedMessage, error: unknown): void {
    const { settings, clock, onFailure } = this.parts;
    const verdict = verdictOf(error, message.attempt, settings.retry, clock.now(), settings.random());
    onFailure(message, verdict, error);
    this.settler.fail(message, verdict);
  }

  private lost(message: ClaimedMessage): void {
    this.parts.metrics.leaseLost(message.type);
    this.lanes.find((lane) => lane.type === message.type)?.drop(message);
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
