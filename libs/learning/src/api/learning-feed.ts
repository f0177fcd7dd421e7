import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BackgroundLoop, Clock } from '@repartee/platform';
import {
  DEFAULT_OBJECTIVE,
  LearningState,
  ProgressRecord,
  type Lesson,
  type Objective,
} from '../domain/index.js';
import { UpdateLog } from '../persistence/index.js';

/** Pause between two looks at the log. With the look itself every process knows an update within a second. */
const PAUSE_MS = 300;
const BATCH = 1000;
/** States of the past that are kept at hand: many decisions are made in one. */
const MAX_PAST = 4;
/** Updates between two checkpoints. */
const CHECKPOINT_EVERY = 5000;

/**
 * Keeps this process's state of learning at the end of the update log. All processes do the same: try to append what is due,
 * of which one succeeds at a time, then apply what is new in its order. So all states are equal, also after a crash.
 */
@Injectable()
export class LearningFeed implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(LearningFeed.name);
  private current = new LearningState();
  private goal: Objective = DEFAULT_OBJECTIVE;
  /** Predictions that this process has seen come true or not. */
  readonly progress = new ProgressRecord();
  private readonly past = new Map<number, Promise<LearningState | null>>();
  private readonly loop = new BackgroundLoop({
    round: async () => {
      await this.run();
      return PAUSE_MS;
    },
    failed: (error) =>
      this.logger.warn(`learning waits: ${error instanceof Error ? error.message : 'unknown'}`),
    pause: PAUSE_MS,
  });
  private underWay: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(
    private readonly log: UpdateLog,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.current = await this.log.checkpoint();
    await this.run();
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
    await this.underWay;
  }

  /** What has been learned up to now. */
  get state(): LearningState {
    return this.current;
  }

  /** What offers are to bring about. */
  get objective(): Objective {
    return this.goal;
  }

  /**
   * What had been learned up to one place in the log: from the checkpoint before it and the updates since. Nothing may be
   * applied to it: others may be given the same. Null when that part of the log has been let go.
   */
  async stateAt(sequence: number): Promise<LearningState | null> {
    const held = this.past.get(sequence);
    if (held) return held;
    const found = this.restore(sequence);
    this.past.set(sequence, found);
    found.catch(() => this.past.delete(sequence));
    for (const oldest of this.past.keys()) if (this.past.size > MAX_PAST) this.past.delete(oldest);
    return found;
  }

  /**
   * For places in the log that only rise: goes through it once. What it gives holds until it is asked again; null where the
   * log has been let go.
   */
  walk(): (sequence: number) => Promise<LearningState | null> {
    let state: LearningState | null = null;
    return async (sequence) => {
      if (state !== null && sequence >= state.sequence) return this.bring(state, sequence);
      return (state = await this.restore(sequence));
    };
  }

  private async restore(sequence: number): Promise<LearningState | null> {
    if (sequence < (await this.log.recalledFrom())) return null;
    return this.bring(await this.log.checkpoint(sequence), sequence);
  }

  private async bring(state: LearningState, sequence: number): Promise<LearningState> {
    while (state.sequence < sequence) {
      const updates = await this.log.after(state.sequence, Math.min(BATCH, sequence - state.sequence));
      if (updates.length === 0) throw new Error(`the log ends at ${state.sequence}, before ${sequence}`);
      for (const update of updates) state.apply(update);
    }
    return state;
  }

  /**
   * Appends what is due and applies what is new, all that there is at the time of the call: a run under way may have gone past
   * it, so another follows, which those who call meanwhile share.
   */
  run(): Promise<void> {
    this.next ??= this.underWay.then(() => this.begin());
    return this.next;
  }

  private begin(): Promise<void> {
    this.next = undefined;
    const run = this.advance();
    this.underWay = run.catch(() => undefined);
    return run;
  }

  private async advance(): Promise<void> {
    this.goal = await this.log.objective();
    while ((await this.log.append(new Date(this.clock.now()))) > 0 && !this.loop.stopping);
    for (;;) {
      const updates = await this.log.after(this.current.sequence, BATCH);
      for (const update of updates) {
        const { predicted, changes } = this.current.apply(update);
        if (predicted !== null && !('counts' in update)) this.note(update, predicted);
        if (changes.length > 0) await this.log.audit(update.sequence, changes);
        if (update.sequence % CHECKPOINT_EVERY === 0) await this.log.keep(this.current);
      }
      if (updates.length < BATCH || this.loop.stopping) return;
    }
  }

  private note({ model, reward, weight }: Lesson, predicted: number): void {
    this.progress.add(model, { predicted, reward, weight });
  }
}
