/** What a session token stands for: one visitor of one source, until a time. */
export interface Session {
  readonly source: string;
  readonly anonymousId: string;
  /** Set when a user token proved it. */
  readonly userId?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A session ends 12 hours after it was last opened. */
export const SESSION_LIFETIME_MS = 12 * 3_600_000;

/** The signed content of a session token. */
export function writeSession(session: Session): string {
  const { source, anonymousId, userId, expiresAt } = session;
  return JSON.stringify(
    userId === undefined ? [expiresAt, source, anonymousId] : [expiresAt, source, anonymousId, userId],
  );
}

/** Reads what {@link writeSession} wrote; `null` when it has expired. The signature has been checked before. */
export function readSession(payload: string, now: number): Session | null {
  const [expiresAt, source, anonymousId, userId] = JSON.parse(payload) as [number, string, string, string?];
  if (expiresAt <= now) return null;
  return userId === undefined
    ? { source, anonymousId, expiresAt }
    : { source, anonymousId, userId, expiresAt };
}
