import type { CloudEvent, Result } from '@repartee/contracts';
import type { Transaction } from '../database/index.js';
import type { NewMessage } from './bus.js';
import type { DeadLetterCause } from './claimed-message.js';

export interface DeadLetter {
  /** The message's id. */
  id: string;
  type: string;
  event: CloudEvent;
  attempts: number;
  cause: DeadLetterCause;
  reason: string;
  failedAt: Date;
  /** When it was put back on the bus; null while it waits for a decision. */
  replayedAt: Date | null;
}

export interface DeadLetterQuery {
  type?: string;
  /** Those that wait, unless told. */
  state?: 'waiting' | 'replayed' | 'all';
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** Rows in a page, 50 unless told, 200 at most. */
  limit?: number;
}

export interface DeadLetterPage {
  items: DeadLetter[];
  nextCursor: string | null;
}

/** Something that was given up without having been on the bus. A replay puts it there. */
export interface Buried extends Pick<NewMessage, 'type' | 'subject' | 'data' | 'traceparent'> {
  attempts: number;
  cause: DeadLetterCause;
  reason: string;
}

/** Messages that were given up, for a person to judge. */
export abstract class DeadLetters {
  /** Adds one, in the caller's transaction. */
  abstract bury(tx: Transaction, buried: Buried): Promise<void>;

  /** Newest first. */
  abstract list(query?: DeadLetterQuery): Promise<Result<DeadLetterPage>>;

  abstract read(id: string): Promise<Result<DeadLetter>>;

  /** Puts the message back on the bus with all its tries. Doing it again does nothing: `replayed` is false then. */
  abstract replay(id: string): Promise<Result<{ replayed: boolean }>>;
}
