import type { Clock } from '../clock/index.js';
import type { BusMetrics } from './bus-metrics.js';
import type { BusSettings } from './bus-settings.js';
import type { ClaimedMessage } from './claimed-message.js';
import type { HeldMessages } from './held-messages.js';
import { Lane } from './lane.js';
import { LeaseKeeper } from './lease-keeper.js';
import { Settler } from './settler.js';
import { verdictOf, type Verdict } from './verdict.js';
import { within } from './within.js';

/** Handles one message; what it throws decides what becomes of it. */
export type Handle = (message: ClaimedMessage, signal: () => AbortSignal) => Promise<void>;

export interface RunnerParts {
  held: HeldMessages;
  clock: Clock;
  settings: BusSettings;
  metrics: BusMetrics;
  onFailure: (message: ClaimedMessage, verdict: Verdict, error: unknown) => void;
  onError: (error: unknown) => void;
}

/** Runs the handlers of the messages in this worker's hands, bounded and fair, and settles what became of them. */
export class Runner {
  readonly lanes: readonly Lane[];
  private readonly keeper: LeaseKeeper;
  private readonly settler: Settler;
  private readonly runs = new Map<ClaimedMessage, Promise<void>>();
  private turns: readonly Lane[];
  private stopping = false;

  /** @param onRoom hears of a lane in which a message was finished */
  constructor(
    types: readonly string[],
    private readonly handle: Handle,
    private readonly parts: RunnerParts,
    private readonly onRoom: (lane: Lane) => void,
  ) {
    const { held, clock, settings, onError } = parts;
    this.lanes = types.map((type) => new Lane(type, settings));
    this.turns = this.lanes;
    this.keeper = new LeaseKeeper(held, settings.visibilityMs, (message) => this.lost(message), onError);
    this.settler = new Settler(
      held,
      () => clock.now(),
      (keys) => this.keeper.forget(keys),
      onError,
    );
  }

  start(): void {
    this.keeper.start();
  }

  /** From now on they are this worker's, and their leases are extended. */
  hold(messages: ClaimedMessage[]): void {
    this.keeper.hold(messages);
  }

  /** Makes messages that are held ready; {@link startWhatMay} begins them. */
  add(lane: Lane, messages: ClaimedMessage[], asked: number): void {
    lane.add(messages, asked);
    if (messages.length > 0) this.parts.metrics.claimed(lane.type, messages.length);
  }

  /** Settles a message that no handler will see. */
  settle(message: ClaimedMessage, verdict: Verdict | 'handled'): void {
    if (verdict === 'handled') this.settler.complete(message);
    else this.settler.fail(message, verdict);
  }

  /** Begins nothing more, gives back what was not begun, waits for what was, and after `drainMs` gives that back too. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { held, settings, clock, onError } = this.parts;
    const unbegun = this.lanes.flatMap((lane) => lane.clear());
    if (unbegun.length > 0) await held.release(unbegun).catch(onError);
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

  /** One message of each lane in turn, as long as there is room. A lane where none runs always has room for one. */
  startWhatMay(): void {
    for (let started = true; started && !this.stopping;) {
      started = false;
      for (const lane of this.turns) {
        if (lane.running > 0 && this.runs.size >= this.parts.settings.concurrency) continue;
        const message = lane.start();
        if (!message) continue;
        this.runs.set(message, this.run(lane, message));
        started = true;
      }
    }
    // The lane that was served first stands last next time.
    this.turns = [...this.turns.slice(1), ...this.turns.slice(0, 1)];
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
    this.onRoom(lane);
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
