/** A signed-in person who does nothing for so long has to sign in again. Milliseconds. */
export const IDLE_LIFETIME_MS = 60 * 60_000;
/** However busy they are: a shift. Milliseconds. */
export const ABSOLUTE_LIFETIME_MS = 12 * 60 * 60_000;
/** What somebody does is noted so exactly, in milliseconds: a request does not cost a write. */
export const SEEN_EVERY_MS = 60_000;

/** The times of a session, in milliseconds since the epoch. */
export interface SessionTimes {
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/** When it ends unless something happens before. */
export function endOfSession({ createdAt, lastSeenAt }: SessionTimes): number {
  return Math.min(createdAt + ABSOLUTE_LIFETIME_MS, lastSeenAt + IDLE_LIFETIME_MS);
}

export function isOver(times: SessionTimes, now: number): boolean {
  return endOfSession(times) <= now;
}
