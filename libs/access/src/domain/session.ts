/** What a session token stands for: one visitor of one source, until a time. */
export interface Session {
  readonly source: string;
  readonly anonymousId: string;
  /** Set when a user token proved it. */
  readonly userId?: string;
  /** The paired device whose session it is: it asks for that device's zones alone. */
  readonly device?: string;
  /** `namespace:value` of an address of the visitor's that they proved to have. */
  readonly proved?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A session ends 12 hours after it was last opened. */
export const SESSION_LIFETIME_MS = 12 * 3_600_000;

type Written = [number, string, string, (string | null)?, (string | null)?, string?];

/** The signed content of a session token. */
export function writeSession(session: Session): string {
  const { source, anonymousId, userId = null, device = null, proved = null, expiresAt } = session;
  const written = [expiresAt, source, anonymousId, userId, device, proved];
  while (written.at(-1) === null) written.pop();
  return JSON.stringify(written);
}

/** Reads what {@link writeSession} wrote; `null` when it has expired. The signature has been checked before. */
export function readSession(payload: string, now: number): Session | null {
  const [expiresAt, source, anonymousId, userId, device, proved] = JSON.parse(payload) as Written;
  if (expiresAt <= now) return null;
  const session: Session = { source, anonymousId, expiresAt };
  // Most sessions are of browsers and stand for nobody known.
  if (userId === undefined) return session;
  return {
    ...session,
    ...(userId !== null && { userId }),
    ...(device && { device }),
    ...(proved && { proved }),
  };
}
