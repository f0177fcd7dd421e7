/**
 * When an event happened, by the sender's own clock corrected with ours:
 * `receivedAt − (sentAt − originalTimestamp)` (Segment spec, "Timestamps in calls"). Never later than its receipt.
 * @param times milliseconds since the epoch
 */
export function eventTime(times: { receivedAt: number; sentAt?: number; original?: number }): number {
  const { receivedAt, sentAt, original } = times;
  if (original === undefined) return receivedAt;
  const corrected = sentAt === undefined ? original : receivedAt - (sentAt - original);
  return Math.min(corrected, receivedAt);
}
