/** Milliseconds for which requests already on their way may still show a credential that was replaced. */
export const REUSE_GRACE_MS = 60_000;

/**
 * Whether a replaced credential was shown by somebody who should know better: two hold the device's credentials then,
 * and nobody can say which of them is the device (RFC 9700 §4.14.2 asks the same of refresh tokens).
 * @param replacedAt milliseconds since the epoch; null while it is current
 */
export function presentedAgain(replacedAt: number | null, now: number): boolean {
  return replacedAt !== null && now > replacedAt + REUSE_GRACE_MS;
}
