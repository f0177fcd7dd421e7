import type { HeardEvent, Outcome } from '@repartee/contracts';

/** A connector that wants to hear what happens. */
export interface EventListener {
  connector: string;
  /** Tracking events by name or call, facts of the hub by pattern. */
  subscribes: readonly string[];
  /** Uses of data to which a person must have consented for their tracking events to be told. */
  purposes: readonly string[];
  /** Milliseconds in which it ends a call. */
  timeLimit: number;
}

/** The connectors that hear. The application ties it to them. */
export abstract class EventListeners {
  /** All of them; they stay the same while the process lives. */
  abstract list(): readonly EventListener[];
  /** Whether one has settings to work with. While it has none nothing is kept for it. */
  abstract isReady(connector: string): boolean;
  /** Tells it. Never throws. */
  abstract tell(connector: string, event: HeardEvent, traceparent?: string): Promise<Outcome>;
}
