import type { Transaction } from '@repartee/platform';
import type { LoggedEvent } from './domain/logged-event.js';

/** What an event did: whose it is, and the version of the golden record that shows it. */
export interface EventEffect {
  eventId: string;
  profileId: string;
  profileVersion: number;
  /** Number of the change of golden records that shows it. */
  changeSeq: number;
}

/**
 * What is done with logged events. A higher floor registers the one handler with {@link LaneReader}.
 *
 * It runs inside the transaction that also marks the events processed, so its effects happen exactly once.
 * The batch may come again after a rollback; effects outside the transaction belong into `tx.afterCommit`.
 */
export interface EventHandler {
  handle(tx: Transaction, events: LoggedEvent[]): Promise<EventEffect[]>;
}
