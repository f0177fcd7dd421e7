import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@repartee/platform';
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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly log: UpdateLog,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.current = await this.log.checkpoint();
    await this.run();
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running?.catch(() => undefined);
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

  /** Appends what is due and applies what is new; concurrent calls share one run. */
  run(): Promise<void> {
    this.running ??= this.advance().finally(() => (this.running = undefined));
    return this.running;
  }

  private async advance(): Promise<void> {
    this.goal = await this.log.objective();
    while ((await this.log.append(new Date(this.clock.now()))) > 0 && !this.stopped);
    for (;;) {
      const updates = await this.log.after(this.current.sequence, BATCH);
      for (const update of updates) {
        const { predicted, changes } = this.current.apply(update);
        if (predicted !== null && !('counts' in update)) this.note(update, predicted);
        if (changes.length > 0) await this.log.audit(update.sequence, changes);
        if (update.sequence % CHECKPOINT_EVERY === 0) await this.log.keep(this.current);
      }
      if (updates.length < BATCH || this.stopped) return;
    }
  }

  private note({ model, reward, weight }: Lesson, predicted: number): void {
    this.progress.add(model, { predicted, reward, weight });
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.runAndSchedule(), PAUSE_MS);
    this.timer.unref();
  }

  private async runAndSchedule(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.logger.warn(`learning waits: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    this.schedule();
  }
}
