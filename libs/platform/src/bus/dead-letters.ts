import type { CloudEvent, Result } from '@repartee/contracts';
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

/** Messages that were given up, for a person to judge. */
export abstract class DeadLetters {
  /** Newest first. */
  abstract list(query?: DeadLetterQuery): Promise<Result<DeadLetterPage>>;

  abstract read(id: string): Promise<Result<DeadLetter>>;

  /** Puts the message back on the bus with all its tries. Doing it again does nothing: `replayed` is false then. */
  abstract replay(id: string): Promise<Result<{ replayed: boolean }>>;
}
