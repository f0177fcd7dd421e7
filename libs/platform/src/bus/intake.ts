import type { ClaimedMessage } from './claimed-message.js';
import type { Handle, RunnerParts } from './runner.js';
import type { Verdict } from './verdict.js';

/** Brings this process messages of the types it has handlers for, from {@link start} to {@link stop}. */
export interface Intake {
  start(): void;
  /** Takes no more, finishes what was begun, gives back the rest. */
  stop(): Promise<void>;
}

/** What to bring, and who hears of what goes on. */
export interface IntakeOrder extends Pick<RunnerParts, 'onFailure' | 'onError'> {
  types: readonly string[];
  handle: Handle;
  /** What was decided without a handler: its worker died or froze, or nobody can read it. */
  onVerdict: (message: Pick<ClaimedMessage, 'id' | 'type'>, verdict: Verdict) => void;
  /** Something an operator should know. */
  log: (text: string) => void;
}

export type CreateIntake = (order: IntakeOrder) => Intake;
